import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import type { Item, Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

/** What we believe of the list of tokens that a charger keeps, as it lies in its row. */
export const LocalList = z.object({
  charger_id: z.string(),
  /** The version it had when we last knew; null where a sync is under way or was broken off. */
  version: z.int().nullable().default(null),
  /** The highest version that we ever heard of or gave: the next is above it. */
  last_version: z.int().default(0),
  /** The content of that version: an edition. */
  edition: z.string().nullable().default(null),
  entries: z.int().default(0),
  left_out: z.int().default(0),
  /** The last sync, whatever became of it. */
  command_id: z.string().nullable().default(null),
  /** Something changed while that sync was under way, or it came to nothing. */
  outdated: z.boolean().default(false),
  synced_at: z.string().nullable().default(null),
  resource_version: z.int().default(0),
});
export type LocalList = z.infer<typeof LocalList>;

/** A charger's list, as the event of its sync tells it. */
export const LocalListView = z
  .object({
    charger_id: z.string().meta({ example: 'BLR-014' }),
    version: z.int().meta({ description: 'As the charger confirmed it.', example: 12 }),
    entries: z.int().meta({ description: 'Tokens on it.', example: 240 }),
    left_out: z.int().meta({
      description: 'Tokens that may charge there and are not on it, for want of room.',
      example: 0,
    }),
    mode: z.enum(['full', 'differential']),
    sent: z.int().meta({ description: 'Entries that were sent, those taken off among them.' }),
    synced_at: z.iso.datetime(),
    livemode: z.boolean(),
    resource_version: z.int(),
  })
  .meta({ id: 'LocalList', description: 'The tokens a charger keeps for when it is offline.' });
export type LocalListView = z.infer<typeof LocalListView>;

export async function findLocalList(
  ctx: Context,
  chargerId: string,
): Promise<LocalList | undefined> {
  const item = await ctx.table.get(keys.localList(ctx.tenantId, chargerId));
  return item && LocalList.parse(item);
}

/** The list as it shall be; fails where somebody else has written it since `before` was read. */
export function listWrite(ctx: Context, before: LocalList, change: Partial<LocalList>): Write {
  const { charger_id, resource_version } = before;
  const item: Item = {
    ...before,
    ...change,
    resource_version: resource_version + 1,
    ...keys.localList(ctx.tenantId, charger_id),
  };
  return { op: 'put', item, when: resource_version === 0 ? 'absent' : { resource_version } };
}
