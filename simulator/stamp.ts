import type { ChargerState } from '#simulator/charger-state.ts';

/** An instant as this charger writes it: UTC with Z, unless its clock or its manners are bad. */
export function stamp({ misbehave }: Pick<ChargerState, 'misbehave'>, at: number): string {
  const iso = new Date(at + (misbehave.clockOffsetMs ?? 0)).toISOString();
  return misbehave.zonelessTimestamps ? iso.slice(0, -1) : iso;
}
