import { entryKey, type ListEntry, type ListItem } from '#shared/local-lists/list-entry.ts';

/** What makes one list of another: first what goes, to make room, then what is new or has changed. */
export function listChanges(from: readonly ListEntry[], to: readonly ListEntry[]): ListItem[] {
  const had = new Map(from.map((entry) => [entryKey(entry), entry]));
  const has = new Set(to.map(entryKey));
  const gone = from.filter((entry) => !has.has(entryKey(entry)));
  const put = to.filter((entry) => {
    const before = had.get(entryKey(entry));
    return !before || textOf(before) !== textOf(entry);
  });
  return [
    ...gone.map((entry) => ({ ...entry, removed: true })),
    ...put.map((entry) => ({ ...entry, removed: false })),
  ];
}

/** A charger does not hear of how a uid is spelled. */
const textOf = ({ type, group_id, valid_until }: ListEntry) =>
  JSON.stringify([type, group_id, valid_until]);
