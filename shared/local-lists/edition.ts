import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { sha256 } from '#shared/core/ids.ts';
import type { Item, Key } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { readAll } from '#shared/db/read-all.ts';
import { listChanges } from '#shared/local-lists/list-changes.ts';
import { ListEntry, ListItem } from '#shared/local-lists/list-entry.ts';

/**
 * An edition is the content of a list, named by what it holds. Chargers of one site have the same, so it
 * is stored once; so is the way from one edition to another. Pages are what scripts read: a message
 * never holds more than a page.
 */
const PAGE = 100;
const KEPT_DAYS = 90;
/** A sync must not outlive what it sends. */
const SPARE_DAYS = 14;

const Cover = z.object({ items: z.int(), kept_until: z.int() });

/** Stores an edition, unless it is there; its name. */
export async function storeEdition(ctx: Context, entries: readonly ListEntry[]): Promise<string> {
  const hash = sha256(JSON.stringify(entries)).slice(0, 32);
  const t = ctx.tenantId;
  const cover = keys.edition(t, hash);
  if ((await itemsUnder(ctx, cover)) === undefined)
    await store(ctx, cover, (n) => keys.editionPage(t, hash, n), entries);
  return hash;
}

/** Stores what leads from one edition to the other; how many items, undefined where the first is gone. */
export async function storeChange(
  ctx: Context,
  from: string,
  to: string,
  entries: readonly ListEntry[],
): Promise<number | undefined> {
  if (from === to) return 0;
  const t = ctx.tenantId;
  const cover = keys.change(t, to, from);
  const known = await itemsUnder(ctx, cover);
  if (known !== undefined) return known;
  const before = await readEdition(ctx, from);
  if (!before) return undefined;
  const items = listChanges(before, entries);
  await store(ctx, cover, (n) => keys.changePage(t, to, from, n), items);
  return items.length;
}

/**
 * At most `most` items from `position` on, and no further than the end of their page; undefined where
 * they are no longer stored.
 */
export async function readItems(
  ctx: Context,
  { from, to }: { readonly from: string | null; readonly to: string },
  position: number,
  most: number,
): Promise<ListItem[] | undefined> {
  const n = Math.floor(position / PAGE);
  const t = ctx.tenantId;
  const key = from === null ? keys.editionPage(t, to, n) : keys.changePage(t, to, from, n);
  const row = await ctx.table.get(key);
  const start = position % PAGE;
  return row && Items.parse(row['items']).slice(start, start + most);
}

async function readEdition(ctx: Context, hash: string): Promise<ListEntry[] | undefined> {
  const cover = await ctx.table.get(keys.edition(ctx.tenantId, hash));
  if (!cover) return undefined;
  const pages = await readAll(ctx, keys.editionPages(ctx.tenantId, hash));
  const entries = pages.flatMap((row) => Entries.parse(row['items']));
  return entries.length === Cover.parse(cover).items ? entries : undefined;
}

const Items = z.array(ListItem);
const Entries = z.array(ListEntry);

/** How many items are stored and stay for long enough. */
async function itemsUnder(ctx: Context, cover: Key): Promise<number | undefined> {
  const row = await ctx.table.get(cover);
  if (!row) return undefined;
  const { items, kept_until } = Cover.parse(row);
  return kept_until > inDays(ctx, SPARE_DAYS) ? items : undefined;
}

/** The cover comes last: who finds it finds all pages. */
async function store(
  ctx: Context,
  cover: Key,
  pageKey: (n: number) => Key,
  items: readonly (ListEntry | ListItem)[],
): Promise<void> {
  const kept_until = inDays(ctx, KEPT_DAYS);
  const rows: Item[] = [];
  for (let n = 0; n === 0 || n * PAGE < items.length; n++) {
    const page = items.slice(n * PAGE, (n + 1) * PAGE);
    rows.push({ ...pageKey(n), items: page, ttl: kept_until });
  }
  // One by one: together they may be more than a transaction holds.
  for (const item of rows) await ctx.table.write([{ op: 'put', item }]);
  const item = { ...cover, items: items.length, kept_until, ttl: kept_until };
  await ctx.table.write([{ op: 'put', item }]);
}

const inDays = (ctx: Context, days: number) =>
  Math.floor(ctx.now().getTime() / 1000) + days * 86_400;
