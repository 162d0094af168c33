import type { PendingCall } from '#simulator/charger-state.ts';
import { drawId } from '#simulator/physics/random.ts';
import { callFrame } from '#simulator/rpc/frame.ts';
import { settingNumber } from '#simulator/settings.ts';
import type { Payload, Settlement, Turn } from '#simulator/turn.ts';

type NewCall = {
  action: string;
  payload: Payload;
  connectorId?: number;
  transaction?: number;
  role?: PendingCall['role'];
  early?: boolean;
};

/**
 * Queues a call. Transaction-related ones wait out any disconnect; the others are dropped at once
 * when nobody would hear them.
 */
export function enqueue(turn: Turn, call: NewCall): void {
  const pending: PendingCall = {
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
  };
  const heard = turn.state.online && (pending.early || turn.state.registration === 'accepted');
  if (pending.transaction === null && !heard) drop(turn, pending);
  else turn.state.queue.push(pending);
}

/** Sends the next call, if none is under way: one at a time [1.6J section 4.1.1; 2.0.1 part 4 section 4.1.1]. */
export function dispatch(turn: Turn): void {
  const { state } = turn;
  if (!state.online || state.inFlight) return;
  const index = nextIndex(turn);
  const [next] = index === null ? [] : state.queue.splice(index, 1);
  if (!next) return;
  const call: PendingCall = {
    ...next,
    id: drawId(state, turn.now),
    attempts: next.attempts + 1,
    timeoutAt: turn.now + state.options.callTimeoutMs,
  };
  state.inFlight = call;
  const text = callFrame(call.id, call.action, turn.dialect.complete(turn, call));
  turn.outputs.push({ type: 'send', text, call: { id: call.id, action: call.action } });
}

/** The first call that may go now. Transaction-related ones keep their order among themselves. */
function nextIndex({ state, now }: Turn): number | null {
  let held = false;
  for (const [index, call] of state.queue.entries()) {
    if (state.registration !== 'accepted' && !call.early) continue;
    if (call.transaction === null) return index;
    if (held) continue;
    held = call.notBefore > now;
    if (held) continue;
    if (!state.misbehave.reorder || call.role !== 'meter' || call.overtaken) return index;
    const later = state.queue.findIndex((one, at) => at > index && one.transaction !== null);
    if (later >= 0) {
      call.overtaken = true;
      return later;
    }
    held = true;
  }
  return null;
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
  turn.dialect.results[call.action]?.(turn, call, settlement);
  if (call.role === 'start' && call.repeats < (state.misbehave.repeatStart ?? 0)) {
    state.queue.unshift({ ...call, repeats: call.repeats + 1 });
  }
}

/** Silence is never an answer to a transaction; a refusal is, after some attempts [1.6 section 3.7.1]. */
function mustRetry(turn: Turn, call: PendingCall, outcome: Settlement['outcome']): boolean {
  if (call.transaction === null || outcome === 'result') return false;
  return outcome !== 'error' || call.attempts < settingNumber(turn, 'messageAttempts');
}

/** What a lost connection does to the calls: only transactions survive. */
export function loseUnheard(turn: Turn): void {
  const { state } = turn;
  settle(turn, { outcome: 'dropped' });
  const lost = state.queue.filter((call) => call.transaction === null);
  state.queue = state.queue.filter((call) => call.transaction !== null);
  for (const call of lost) drop(turn, call);
}

function drop(turn: Turn, call: PendingCall): void {
  turn.dialect.results[call.action]?.(turn, call, { outcome: 'dropped' });
}

export function expireCall(turn: Turn): void {
  const { inFlight } = turn.state;
  if (inFlight && inFlight.timeoutAt <= turn.now) settle(turn, { outcome: 'timeout' });
}
