import type { Condition, Item } from '#shared/core/table.ts';

/** The clock as `ttl` counts it. */
export const unixSeconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** Whether the row's time has passed: at the second `ttl` names it is gone. */
export const isExpired = (item: Item, nowSeconds: number): boolean =>
  typeof item.ttl === 'number' && item.ttl <= nowSeconds;

/** Whether a condition holds for the row as it reads now (undefined = absent, or expired). */
export function holds(when: Condition | undefined, row: Item | undefined): boolean {
  if (when === undefined) return true;
  if (when === 'absent') return row === undefined;
  if (when === 'present') return row !== undefined;
  return Object.entries(when).every(([name, value]) => row?.[name] === value);
}
