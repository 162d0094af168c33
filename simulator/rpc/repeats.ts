import type { ChargerState, PendingCall } from '#simulator/charger-state.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import type { Turn } from '#simulator/turn.ts';

const LATER_MS = 1000;

/** How often a misbehaving charger says again what was answered: at once, and much later. */
export function repeatsOf(
  { repeatStart = 0, repeatStop = 0, replayAfterMs }: Misbehaviour,
  call: PendingCall,
  now: number,
): { again: PendingCall | null; replay: ChargerState['postponed'][number] | null } {
  const wanted = call.role === 'start' ? repeatStart : call.role === 'end' ? repeatStop : 0;
  const payload = call.role === 'end' ? { ...call.payload, ...later(call) } : call.payload;
  const again = call.repeats < wanted ? { ...call, payload, repeats: call.repeats + 1 } : null;
  const isReplay = replayAfterMs !== undefined && call.transaction !== null && call.repeats === 0;
  return {
    again,
    replay: isReplay
      ? { at: now + replayAfterMs, call: { ...call, repeats: Number.MAX_SAFE_INTEGER } }
      : null,
  };
}

/** The same end, a second later than last time. */
function later({ payload }: PendingCall): { timestamp?: string } {
  const at = Date.parse(String(payload['timestamp']));
  return Number.isNaN(at) ? {} : { timestamp: new Date(at + LATER_MS).toISOString() };
}

/** Puts what was postponed into the queue: transactions of long ago, news that come late. */
export function sendPostponed({ state, now }: Turn): void {
  if (state.postponed.length === 0) return;
  const due = state.postponed.filter(({ at }) => at <= now);
  state.postponed = state.postponed.filter(({ at }) => at > now);
  state.queue.push(...due.map(({ call }) => ({ ...call, attempts: 0, notBefore: 0 })));
}

export const nextPostponedAt = ({ postponed }: ChargerState): number =>
  Math.min(Number.POSITIVE_INFINITY, ...postponed.map(({ at }) => at));
