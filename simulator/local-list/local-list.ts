import * as z from 'zod';

/** One tag of the local list. Tags are told apart without regard to case [1.6 CiString, 2.0.1 identifierString]. */
export const ListedTag = z.object({
  id: z.string(),
  accepted: z.boolean(),
  group: z.string().nullable(),
  expiresAt: z.number().nullable(),
});
export type ListedTag = z.infer<typeof ListedTag>;

/** The tags the platform gave us to decide by when it cannot be asked. Version 0 is no list. */
export const LocalList = z.object({
  version: z.int().default(0),
  tags: z.array(ListedTag).readonly().default([]),
});
export type LocalList = z.infer<typeof LocalList>;

export const sameTag = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

/** The entry that counts at `now`: one that has run out counts as refused. */
export function listedTag({ tags }: LocalList, id: string, now: number): ListedTag | undefined {
  const found = tags.find((tag) => sameTag(tag.id, id));
  const over = found?.expiresAt != null && found.expiresAt <= now;
  return found && over ? { ...found, accepted: false } : found;
}

/** A change as the platform sends it; an entry of null takes the tag off the list. */
type ListChange = {
  version: number;
  full: boolean;
  entries: readonly { id: string; tag: ListedTag | null }[];
};
type ListLimits = { entries: number; perMessage: number };

/** The list after a change, or why it stays as it is [1.6 section 5.15; 2.0.1 D01]. */
export function changedList(
  list: LocalList,
  { version, full, entries }: ListChange,
  limits: ListLimits,
): LocalList | 'failed' | 'version_mismatch' {
  const ids = new Set(entries.map(({ id }) => id.toLowerCase()));
  if (ids.size < entries.length || entries.length > limits.perMessage || version < 1) {
    return 'failed';
  }
  if (full && entries.some(({ tag }) => !tag)) return 'failed';
  if (!full && version <= list.version) return 'version_mismatch';
  const kept = full ? [] : list.tags.filter(({ id }) => !ids.has(id.toLowerCase()));
  const tags = [...kept, ...entries.flatMap(({ tag }) => tag ?? [])];
  return tags.length > limits.entries ? 'failed' : { version, tags };
}
