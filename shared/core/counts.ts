import type { Key, Table, Write } from '#shared/core/table.ts';

/** Adds to a list's total, in the transaction that changes the list. */
export const countBy = (key: Key, by: number): Write => ({ op: 'update', key, add: { n: by } });

export async function readCount(table: Table, key: Key): Promise<number> {
  const n = (await table.get(key))?.['n'];
  return typeof n === 'number' ? n : 0;
}
