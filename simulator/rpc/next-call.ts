import type { ChargerState, PendingCall } from '#simulator/charger-state.ts';

/** The first call that may go now. Transaction-related ones keep their order among themselves. */
export function nextCall(state: ChargerState, now: number, isHeard: boolean): number | null {
  const { queue } = state;
  let held = false;
  for (const [index, call] of queue.entries()) {
    if (!isHeard && !call.early) continue;
    if (call.transaction === null) return index;
    if (held) continue;
    held = call.notBefore > now;
    if (held) continue;
    const other = overtaking(state, call, index);
    if (other !== null) return other;
    held = true;
  }
  return null;
}

/** The call to send where this one is due: itself, or with a charger that misbehaves a later one, or none yet. */
function overtaking(state: ChargerState, call: PendingCall, index: number): number | null {
  const { misbehave, queue } = state;
  if (misbehave.reorder && call.role === 'meter' && !call.overtaken) {
    const later = queue.findIndex((one, at) => at > index && one.transaction !== null);
    if (later >= 0) call.overtaken = true;
    return later >= 0 ? later : null;
  }
  if (misbehave.stopBeforeStart && call.role === 'start' && call.attempts === 0) {
    const end = queue.findIndex(
      (one) => one.role === 'end' && one.transaction === call.transaction,
    );
    const runs = state.connectors.some(({ session }) => session?.number === call.transaction);
    if (end >= 0) return end;
    return runs ? null : index;
  }
  return index;
}
