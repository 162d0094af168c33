const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** The pause before the next attempt: doubling, and never the same for two chargers. */
export function backoffMs(failures: number, random: number, firstMs = FIRST_MS): number {
  const ceiling = Math.min(LONGEST_MS, firstMs * 2 ** Math.min(failures, 16));
  return Math.round(ceiling / 2 + (random * ceiling) / 2);
}
