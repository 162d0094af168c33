import type { ChargerState } from '#simulator/charger-state.ts';
import { advance } from '#simulator/charging/advance.ts';
import { expireGrants } from '#simulator/charging/authorization.ts';
import { moveCables } from '#simulator/charging/cable.ts';
import { doMischief } from '#simulator/charging/mischief.ts';
import { continueReboot } from '#simulator/charging/reboot.ts';
import { keepRegistered } from '#simulator/charging/registration.ts';
import { reportFlow, reportStatuses } from '#simulator/charging/report.ts';
import { takeSamples } from '#simulator/charging/session.ts';
import { FACILITIES } from '#simulator/facilities.ts';
import type { Input } from '#simulator/input.ts';
import { applyLimits } from '#simulator/profiles/limits.ts';
import { disfigured } from '#simulator/rpc/disfigure.ts';
import { dispatch, expireCall } from '#simulator/rpc/outbox.ts';
import { sendLateAnswers } from '#simulator/rpc/receive.ts';
import { take } from '#simulator/take.ts';
import type { Dialect, Output, Turn } from '#simulator/turn.ts';
import { dialect16 } from '#simulator/v16/dialect.ts';
import { dialect201 } from '#simulator/v201/dialect.ts';
import { nextWake } from '#simulator/wake.ts';

export const dialectOf = (state: Pick<ChargerState, 'spec'>): Dialect =>
  state.spec.version === '1.6' ? dialect16 : dialect201;

/** Moves a charger on by one happening. Pure: the state given stays as it was. */
export function step(
  state: ChargerState,
  input: Input,
): { state: ChargerState; outputs: Output[] } {
  const next = copyOf(state);
  const outputs: Output[] = [];
  advance(next, input.at);
  const turn: Turn = { state: next, now: next.now, outputs, dialect: dialectOf(next) };
  take(turn, input);
  runTimers(turn);
  applyLimits(next);
  reportFlow(turn);
  reportStatuses(turn);
  dispatch(turn);
  const wakeAt = nextWake(turn);
  if (wakeAt !== null) outputs.push({ type: 'wake', at: wakeAt });
  return { state: next, outputs: disfigured(next.misbehave, outputs) };
}

/** A private copy of all that a step changes; what is only ever replaced is shared. */
function copyOf(state: ChargerState): ChargerState {
  const { spec, options, misbehave, store, ...moving } = state;
  return { ...structuredClone(moving), spec, options, misbehave, store };
}

function runTimers(turn: Turn): void {
  sendLateAnswers(turn);
  expireCall(turn);
  expireGrants(turn);
  moveCables(turn);
  takeSamples(turn);
  doMischief(turn);
  for (const { tend } of FACILITIES) tend(turn);
  turn.dialect.tend(turn);
  continueReboot(turn);
  keepRegistered(turn);
}
