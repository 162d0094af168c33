import { AuditEntry } from '#shared/audit/audit-entry.ts';
import { KEPT_DAYS } from '#shared/audit/witness-changes.ts';
import type { CallerKind } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { lowestIdAt, timeOfId } from '#shared/core/ids.ts';
import { allowedSites, reachesSite } from '#shared/core/site-access.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { mergedRows, type Range } from '#shared/db/merged-rows.ts';

export interface AuditFilter {
  readonly actor_id?: string | undefined;
  readonly actor_type?: CallerKind | undefined;
  readonly object_type?: string | undefined;
  readonly object_id?: string | undefined;
  readonly charger_id?: string | undefined;
  readonly action?: string | undefined;
  readonly request_id?: string | undefined;
  readonly created_after?: string | undefined;
  readonly created_before?: string | undefined;
}

/** One request looks at no more than this, however few of them match; its cursor goes on from there. */
const ROWS_AT_MOST = 2000;
/** No request takes longer, from its id to its last change. */
const REQUEST_MS = 60_000;
const DAY_MS = 86_400_000;

interface Bounds {
  /** Both exclusive. */
  readonly after: string;
  readonly before: string;
}

/** Entries, newest first. The cursor is the id of the last one read. */
export async function listAuditEntries(
  ctx: Context,
  filter: AuditFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: AuditEntry[]; cursor?: string }> {
  const items: AuditEntry[] = [];
  let read = 0;
  let place: string | undefined;
  const bounds = boundsOf(ctx, filter, cursor);
  for await (const row of rowsOf(ctx, filter, bounds, limit)) {
    if (place && (items.length === limit || read === ROWS_AT_MOST)) return { items, cursor: place };
    place = row.sk;
    read += 1;
    const entry = AuditEntry.parse(row);
    if (mayRead(ctx, entry) && isWanted(entry, filter)) items.push(entry);
  }
  return { items };
}

/** A credential restricted to sites reads of what is at those and nowhere else; the rest is not its business. */
const mayRead = (ctx: Context, { site_ids }: AuditEntry): boolean =>
  !allowedSites(ctx) || (site_ids?.every((site) => reachesSite(ctx, site)) ?? false);

function isWanted(entry: AuditEntry, filter: AuditFilter): boolean {
  const { actor, object, request, charger_id, action } = entry;
  const pairs = [
    [filter.actor_id, actor.id],
    [filter.actor_type, actor.type],
    [filter.object_type, object.type],
    [filter.object_id, object.id],
    [filter.charger_id, charger_id],
    [filter.action, action],
    [filter.request_id, request.id],
  ];
  return pairs.every(([wanted, is]) => wanted === undefined || wanted === is);
}

/** Ids sort by time: bounds of time are ids that nobody has. A request's own id says when it was. */
function boundsOf(ctx: Context, filter: AuditFilter, cursor: string | undefined): Bounds {
  const { created_after: from, created_before: to, request_id } = filter;
  const asked = request_id === undefined ? undefined : timeOfId(request_id);
  const days = ctx.livemode ? KEPT_DAYS.live : KEPT_DAYS.test;
  const starts = [ctx.now().getTime() - days * DAY_MS, from && Date.parse(from), asked];
  const ends = [ctx.now().getTime() + 1, to && Date.parse(to), asked && asked + REQUEST_MS];
  const before = lowestIdAt('aud', Math.min(...numbers(ends)));
  return {
    after: lowestIdAt('aud', Math.max(...numbers(starts))),
    before: cursor !== undefined && cursor < before ? cursor : before,
  };
}

const numbers = (values: readonly unknown[]) =>
  values.filter((value): value is number => typeof value === 'number');

async function* rowsOf(
  ctx: Context,
  { object_id, charger_id }: AuditFilter,
  { after, before }: Bounds,
  limit: number,
): AsyncGenerator<Item> {
  const range: Range = { after, before, newestFirst: true, pageSize: limit + 1 };
  const t = ctx.tenantId;
  if (object_id !== undefined || charger_id !== undefined) {
    const source =
      object_id !== undefined
        ? ({ index: 'gsi1', pk: keys.auditEntriesOf(t, object_id).gsi1pk } as const)
        : ({ index: 'gsi2', pk: keys.auditEntriesAt(t, charger_id ?? '').gsi2pk } as const);
    yield* mergedRows(ctx.table, [source], range);
    return;
  }
  for (const month of monthsBack(after, before))
    yield* mergedRows(ctx.table, [keys.auditEntriesOfMonth(t, month)], range);
}

/** A day of each month between two ids, the last first: at most 25. */
function monthsBack(after: string, before: string): string[] {
  const [first, last] = [after, before].map((id) => new Date(timeOfId(id) ?? 0).toISOString());
  const months: string[] = [];
  for (let month = (last ?? '').slice(0, 7); month >= (first ?? '').slice(0, 7); ) {
    months.push(`${month}-01`);
    month = new Date(Date.parse(`${month}-01T00:00:00Z`) - 1).toISOString().slice(0, 7);
  }
  return months;
}
