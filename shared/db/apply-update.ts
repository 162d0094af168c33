import type { Item, Write } from '#shared/core/table.ts';

type Update = Extract<Write, { op: 'update' }>;

/** The row after an update; `row` is what was there, if anything. `set` to undefined removes. */
export function applyUpdate(row: Item | undefined, update: Update): Item {
  const { key, set = {}, remove = [], add = {} } = update;
  const next: Record<string, unknown> = { ...row, ...set };
  const unset = Object.keys(set).filter((name) => set[name] === undefined);
  for (const name of [...remove, ...unset]) delete next[name];
  for (const [name, amount] of Object.entries(add)) next[name] = numberOf(next, name) + amount;
  return { ...next, pk: key.pk, sk: key.sk };
}

/** A counter's value; an unset one is 0. */
export function numberOf(row: Readonly<Record<string, unknown>> | undefined, name: string): number {
  const value = row?.[name] ?? 0;
  if (typeof value !== 'number') throw new TypeError(`${name} is not a number.`);
  return value;
}
