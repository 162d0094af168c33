import * as z from 'zod';
import type { Token } from '#shared/tokens/token.ts';

/** A token as a charger's list holds it, in our words. Everything on a list may charge. */
export const ListEntry = z.object({
  uid: z.string(),
  type: z.string(),
  group_id: z.string().nullable(),
  valid_until: z.string().nullable(),
});
export type ListEntry = z.infer<typeof ListEntry>;

/** An entry to put on a list, or to take off it. */
export const ListItem = ListEntry.extend({ removed: z.boolean().default(false) });
export type ListItem = z.infer<typeof ListItem>;

/** What one message brings a charger: `full` begins a new list, `differential` changes the one it has. */
export const ListMessage = z.object({
  mode: z.enum(['full', 'differential']),
  version: z.int().min(1),
  items: z.array(ListItem),
});
export type ListMessage = z.infer<typeof ListMessage>;

export const entryOf = ({ uid, type, group_id, valid_until }: Token): ListEntry => ({
  uid,
  type,
  group_id,
  valid_until,
});

/** Chargers do not mind the case of a uid, so a list has each but once. */
export const entryKey = ({ uid }: Pick<ListEntry, 'uid'>): string => uid.trim().toUpperCase();
