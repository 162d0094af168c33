/** The next number in [0, 1) of a seeded sequence, and the sequence's new position (mulberry32). */
function nextRandom(position: number): { value: number; position: number } {
  const next = (position + 0x6d2b79f5) | 0;
  let mixed = Math.imul(next ^ (next >>> 15), 1 | next);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return { value: ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296, position: next };
}

/** Draws from a holder of a seeded sequence, moving it on. */
export function draw(holder: { random: number }): number {
  const { value, position } = nextRandom(holder.random);
  holder.random = position;
  return value;
}

export const drawBetween = (holder: { random: number }, low: number, high: number): number =>
  low + draw(holder) * (high - low);

/** A universally unique id whose first 48 bits are the time, so that a repeated seed does not repeat ids. */
export function drawId(holder: { random: number }, now: number): string {
  const hex = (digits: number): string =>
    Math.floor(draw(holder) * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const time = Math.floor(now).toString(16).padStart(12, '0').slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
}
