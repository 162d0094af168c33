import type { ChargerState } from '#simulator/charger-state.ts';

/** What the calendar of a clock that was never set takes off. */
const NEVER_SET_MS = Date.UTC(2026, 0, 1);

/** An instant as this charger writes it: UTC with Z, unless its clock or its manners are bad. */
export function stamp({ misbehave }: Pick<ChargerState, 'misbehave'>, at: number): string {
  const { clockOffsetMs = 0, clock1970, zonelessTimestamps, timestamps } = misbehave;
  const iso = new Date(at + clockOffsetMs - (clock1970 ? NEVER_SET_MS : 0)).toISOString();
  if (zonelessTimestamps) return iso.slice(0, -1);
  switch (timestamps) {
    case 'offset':
      return `${new Date(Date.parse(iso) + 19_800_000).toISOString().slice(0, -1)}+05:30`;
    case 'microseconds':
      return `${iso.slice(0, -1)}000Z`;
    case 'whole_seconds':
      return `${iso.slice(0, 19)}Z`;
    case 'space':
      return iso.replace('T', ' ');
    default:
      return iso;
  }
}
