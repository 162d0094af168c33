import type { Connector, Session } from '#simulator/charger-state.ts';
import { goDown } from '#simulator/charging/reboot.ts';
import { disconnected } from '#simulator/charging/registration.ts';
import { forgetSession } from '#simulator/charging/session.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import type { Turn } from '#simulator/turn.ts';

type Timed = 'dropMidChargeAfterMs' | 'rebootMidChargeAfterMs' | 'resetRegisterAfterMs';

const TIMED: Record<Timed, (turn: Turn, connector: Connector) => void> = {
  dropMidChargeAfterMs: (turn) => {
    turn.outputs.push({ type: 'hang_up', abrupt: true });
    disconnected(turn);
  },
  rebootMidChargeAfterMs: (turn) => {
    for (const connector of turn.state.connectors) {
      if (connector.session) forgetSession(turn, connector);
    }
    turn.state.bootReason = 'power_up';
    goDown(turn, true);
  },
  resetRegisterAfterMs: (_turn, connector) => {
    connector.registerWh = 0;
  },
};
const NAMES: readonly Timed[] = [
  'dropMidChargeAfterMs',
  'rebootMidChargeAfterMs',
  'resetRegisterAfterMs',
];

const dueAt = (misbehave: Misbehaviour, session: Session, name: Timed): number => {
  const after = misbehave[name];
  if (after === undefined || session.mischiefDone.includes(name)) return Number.POSITIVE_INFINITY;
  return session.startedAt + after;
};

/** Does what goes wrong in the middle of a charge, once per transaction. */
export function doMischief(turn: Turn): void {
  for (const connector of turn.state.connectors) {
    for (const name of NAMES) {
      const { session } = connector;
      if (!session || dueAt(turn.state.misbehave, session, name) > turn.now) continue;
      session.mischiefDone.push(name);
      TIMED[name](turn, connector);
    }
  }
}

export const nextMischiefAt = (misbehave: Misbehaviour, session: Session): number =>
  Math.min(...NAMES.map((name) => dueAt(misbehave, session, name)));
