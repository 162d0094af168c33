import type { ChargerState, PendingCall } from '#simulator/charger-state.ts';
import { drawId } from '#simulator/physics/random.ts';
import { distorted } from '#simulator/rpc/distort.ts';
import { callFrame } from '#simulator/rpc/frame.ts';
import { nextCall } from '#simulator/rpc/next-call.ts';
import { repeatsOf } from '#simulator/rpc/repeats.ts';
import { settingNumber } from '#simulator/settings.ts';
import type { Payload, Settlement, Turn } from '#simulator/turn.ts';

type NewCall = {
  action: string;
  payload: Payload;
  connectorId?: number;
  transaction?: number;
  role?: PendingCall['role'];
  early?: boolean;
  kept?: boolean;
  about?: string;
};

/** Whether the platform listens to more than a boot. */
export const isHeard = ({ registration, misbehave }: ChargerState): boolean =>
  registration === 'accepted' ||
  (registration === 'pending' && misbehave.talkWhilePending === true);

/**
 * Queues a call. Those of a transaction, and others that are kept, wait out any disconnect; the rest
 * is dropped at once when nobody would hear it.
 */
export function enqueue(turn: Turn, call: NewCall): void {
  const { state } = turn;
  const pending = pendingCall(call);
  const heard = state.online && (pending.early || isHeard(state));
  if (!outlastsDisconnect(pending) && !heard) drop(turn, pending);
  else state.queue.push(pending);
}

/** Queues a call later. */
export function postpone({ state, now }: Turn, call: NewCall, ms: number): void {
  state.postponed.push({ at: now + ms, call: pendingCall(call) });
}

const pendingCall = (call: NewCall): PendingCall => ({
  id: '',
  action: call.action,
  payload: call.payload,
  connectorId: call.connectorId ?? null,
  transaction: call.transaction ?? null,
  role: call.role ?? 'other',
  early: call.early ?? false,
  attempts: 0,
  repeats: 0,
  notBefore: 0,
  timeoutAt: 0,
  overtaken: false,
  kept: call.kept ?? false,
  about: call.about ?? null,
});

const outlastsDisconnect = ({ transaction, kept }: PendingCall): boolean =>
  transaction !== null || kept;

/** Sends the next call, if none is under way: one at a time [1.6J section 4.1.1; 2.0.1 part 4 section 4.1.1]. */
export function dispatch(turn: Turn): void {
  const { state } = turn;
  while (state.online && !state.inFlight) {
    const index = nextCall(state, turn.now, isHeard(state));
    const [next] = index === null ? [] : state.queue.splice(index, 1);
    if (!next) return;
    const call: PendingCall = {
      ...next,
      id: messageId(turn),
      attempts: next.attempts + 1,
      timeoutAt: turn.now + state.options.callTimeoutMs,
    };
    send(turn, call);
    if (!isImpatient(state, call)) state.inFlight = call;
  }
}

/** A charger that does not wait does not listen to these answers either. */
const isImpatient = ({ misbehave }: ChargerState, { action }: PendingCall): boolean =>
  misbehave.parallelCalls === true && ['Heartbeat', 'StatusNotification'].includes(action);

function messageId({ state, now }: Turn): string {
  state.messageCount += 1;
  return state.misbehave.restartMessageIds ? String(state.messageCount) : drawId(state, now);
}

function send(turn: Turn, call: PendingCall): void {
  const { misbehave } = turn.state;
  const payload = distorted(misbehave, call.action, turn.dialect.complete(turn, call));
  const text = callFrame(call.id, call.action, payload, misbehave.emptyPayload);
  turn.state.lastFrameAt = turn.now;
  turn.outputs.push({ type: 'send', text, call: { id: call.id, action: call.action } });
}

/** Closes the call under way. What belongs to a transaction is repeated, with the same content. */
export function settle(turn: Turn, settlement: Settlement): void {
  const { state } = turn;
  const call = state.inFlight;
  if (!call) return;
  state.inFlight = null;
  const { outcome } = settlement;
  if (outcome !== 'dropped') {
    turn.outputs.push({ type: 'settled', id: call.id, action: call.action, outcome });
  }
  if (mustRetry(turn, call, outcome)) {
    const pause = settingNumber(turn, 'messageRetrySeconds') * 1000 * call.attempts;
    state.queue.unshift({ ...call, notBefore: outcome === 'dropped' ? 0 : turn.now + pause });
    return;
  }
  const { again, replay } = repeatsOf(state.misbehave, call, turn.now);
  if (again) state.queue.unshift(again);
  if (replay) state.postponed.push(replay);
  turn.dialect.results[call.action]?.(turn, call, settlement);
}

/** Silence is never an answer to a transaction; a refusal is, after some attempts [1.6 section 3.7.1]. */
function mustRetry(turn: Turn, call: PendingCall, outcome: Settlement['outcome']): boolean {
  if (call.kept && outcome === 'dropped') return true;
  if (call.transaction === null || outcome === 'result') return false;
  return outcome !== 'error' || call.attempts < settingNumber(turn, 'messageAttempts');
}

/** What a lost connection does to the calls: only transactions, and what is kept, survive. */
export function loseUnheard(turn: Turn): void {
  const { state } = turn;
  settle(turn, { outcome: 'dropped' });
  const lost = state.queue.filter((call) => !outlastsDisconnect(call));
  state.queue = state.queue.filter(outlastsDisconnect);
  for (const call of lost) drop(turn, call);
}

function drop(turn: Turn, call: PendingCall): void {
  turn.dialect.results[call.action]?.(turn, call, { outcome: 'dropped' });
}

export function expireCall(turn: Turn): void {
  const { inFlight } = turn.state;
  if (inFlight && inFlight.timeoutAt <= turn.now) settle(turn, { outcome: 'timeout' });
}
