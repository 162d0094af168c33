import type { IndexName, Item } from '#shared/core/table.ts';
import { itemSize } from '#shared/db/item-size.ts';

/**
 * What DynamoDB bills. A write unit is 1 KB of the larger of the old and the new row, a consistent
 * read unit 4 KB; an index entry (all attributes) is written again when anything in it changed, and
 * twice when its keys did; a transaction doubles everything, as DynamoDB Local reports it.
 */
const WRITE_UNIT = 1024;
const READ_UNIT = 4096;
const INDEXES: readonly IndexName[] = ['gsi1', 'gsi2'];

const units = (bytes: number, unit: number) => Math.max(1, Math.ceil(bytes / unit));
export const sizeOf = (row: Item | undefined) => (row ? itemSize(row) : 0);

/** Consistent reads cost one unit, reads of an index half of one. */
export const readUnits = (bytes: number, consistent = true): number =>
  units(bytes, READ_UNIT) * (consistent ? 1 : 0.5);

/** The units of the row alone, which a write costs whether or not its condition holds. */
export const rowUnits = (before: Item | undefined, after: Item | undefined): number =>
  units(Math.max(sizeOf(before), sizeOf(after)), WRITE_UNIT);

/** The units of the row's index entries, which a write that is done costs besides. */
export const indexUnits = (before: Item | undefined, after: Item | undefined): number =>
  INDEXES.reduce((sum, index) => sum + entryUnits(index, before, after), 0);

function entryUnits(index: IndexName, before: Item | undefined, after: Item | undefined): number {
  const from = entryKey(index, before);
  const to = entryKey(index, after);
  if (from !== undefined && from === to) {
    return JSON.stringify(sorted(before)) === JSON.stringify(sorted(after))
      ? 0
      : rowUnits(before, after);
  }
  const removed = from === undefined ? 0 : units(sizeOf(before), WRITE_UNIT);
  const added = to === undefined ? 0 : units(sizeOf(after), WRITE_UNIT);
  return removed + added;
}

const entryKey = (index: IndexName, row: Item | undefined): string | undefined => {
  const pk = row?.[`${index}pk`];
  const sk = row?.[`${index}sk`];
  return pk === undefined || sk === undefined ? undefined : JSON.stringify([pk, sk]);
};

/** In one order of attributes, so that equal rows are equal texts. */
const sorted = (row: Item | undefined) =>
  Object.entries(row ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
