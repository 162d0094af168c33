import * as z from 'zod';
import { isVisiblePlace } from '#shared/chargers/visible-charger.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { withinReach } from '#shared/core/driver-access.ts';
import { listedDriver } from '#shared/core/site-access.ts';
import type { Item, Page } from '#shared/core/table.ts';
import { later } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { mayReachSession } from '#shared/sessions/may-reach-session.ts';
import { LiveSession, Session, type SessionStatus } from '#shared/sessions/session.ts';
import {
  type SessionView,
  sessionViews,
  type WholeSession,
} from '#shared/sessions/session-view.ts';

export interface SessionFilter {
  readonly ids?: readonly string[] | undefined;
  readonly status?: readonly SessionStatus[] | undefined;
  readonly charger_id?: string | undefined;
  readonly site_id?: string | undefined;
  readonly driver_id?: string | undefined;
  readonly external_ref?: string | undefined;
  readonly started_after?: string | undefined;
  readonly started_before?: string | undefined;
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Where a walk stands: the month it reads (lists of all sessions) and the table's own cursor there. */
const Place = z.object({ month: z.string().optional(), at: z.string().optional() });
type Place = z.infer<typeof Place>;

const OPEN: readonly SessionStatus[] = ['starting', 'charging', 'suspended', 'stopping'];
/** One request reads at most this many pages of a filter that matches little; the cursor goes on from there. */
const PAGES_AT_ONCE = 12;
const COUNTED_AT_ONCE = 200;

/** Sessions, newest first, each ended one with its CDR summary. */
export async function listSessions(
  ctx: Context,
  asked: SessionFilter,
  { limit, cursor }: Paging,
): Promise<{ items: SessionView[]; cursor?: string }> {
  const filter = withinReach(ctx, asked);
  if (!filter || !(await isVisiblePlace(ctx, filter))) return { items: [] };
  if (filter.ids) return { items: await sessionViews(ctx, await named(ctx, filter.ids, filter)) };
  const found: WholeSession[] = [];
  let place: Place | undefined = cursor ? Place.parse(JSON.parse(cursor)) : first(ctx, filter);
  const oldest = await oldestMonth(ctx, filter);
  for (let page = 0; place && page < PAGES_AT_ONCE && found.length < limit; page++) {
    const read = await readPage(ctx, filter, place, { limit: limit - found.length, oldest });
    found.push(...read.sessions.filter((whole) => matches(ctx, whole, filter)));
    place = read.next;
  }
  const items = await sessionViews(ctx, found);
  return { items, ...(place ? { cursor: JSON.stringify(place) } : {}) };
}

/** The sessions of these ids that match, the newest first. */
async function named(ctx: Context, ids: readonly string[], filter: SessionFilter) {
  const whole = await completeIds(ctx, [...new Set(ids)]);
  return whole
    .filter((one) => matches(ctx, one, filter))
    .sort((a, b) => (a.session.started_at < b.session.started_at ? 1 : -1));
}

/** How many sessions match, counting no further than `atMost`. Reads them all. */
export async function countSessions(
  ctx: Context,
  asked: SessionFilter,
  atMost: number,
): Promise<number> {
  const filter = withinReach(ctx, asked);
  if (!filter) return 0;
  if (filter.ids) return (await named(ctx, filter.ids, filter)).length;
  const oldest = await oldestMonth(ctx, filter);
  let count = 0;
  let place: Place | undefined = first(ctx, filter);
  while (place && count < atMost) {
    const read = await readPage(ctx, filter, place, { limit: COUNTED_AT_ONCE, oldest });
    count += read.sessions.filter((whole) => matches(ctx, whole, filter)).length;
    place = read.next;
  }
  return Math.min(count, atMost);
}

/** Of one driver, site or charger: theirs; only open sessions asked for: the short list of them; else by month. */
function kindOf(
  ctx: Context,
  filter: SessionFilter,
): 'open' | 'site' | 'charger' | 'driver' | 'month' {
  const { status, site_id, charger_id } = filter;
  if (listedDriver(ctx, filter)) return 'driver';
  if (status && status.length > 0 && status.every((s) => OPEN.includes(s))) return 'open';
  if (charger_id) return 'charger';
  return site_id ? 'site' : 'month';
}

const first = (ctx: Context, filter: SessionFilter): Place =>
  kindOf(ctx, filter) === 'month'
    ? { month: (filter.started_before ?? isoNow(ctx)).slice(0, 7) }
    : {};

/** Nothing was charged before the organization was there. */
async function oldestMonth(ctx: Context, filter: SessionFilter): Promise<string> {
  if (kindOf(ctx, filter) !== 'month') return '';
  const { created_at } = await getOrganization(ctx);
  return later(filter.started_after, created_at).slice(0, 7);
}

async function readPage(
  ctx: Context,
  filter: SessionFilter,
  place: Place,
  { limit, oldest }: { readonly limit: number; readonly oldest: string },
): Promise<{ sessions: WholeSession[]; next: Place | undefined }> {
  const page = await query(ctx, filter, place, limit);
  const sessions = await complete(ctx, page.items);
  if (page.cursor) return { sessions, next: { ...place, at: page.cursor } };
  const month = place.month && monthBefore(place.month);
  return { sessions, next: month && month >= oldest ? { month } : undefined };
}

function query(ctx: Context, filter: SessionFilter, place: Place, limit: number): Promise<Page> {
  const t = ctx.tenantId;
  const rest = { newestFirst: true, limit, ...(place.at ? { cursor: place.at } : {}) };
  switch (kindOf(ctx, filter)) {
    case 'open':
      return ctx.table.query({ ...keys.openList(t), ...rest });
    case 'driver':
      return ctx.table.query({
        ...keys.sessionsOfDriver(t, filter.driver_id ?? ''),
        ...(filter.started_after ? { from: filter.started_after } : {}),
        ...(filter.started_before ? { to: filter.started_before } : {}),
        ...rest,
      });
    case 'site':
      return ctx.table.query({ ...keys.sessionsOfSite(t, filter.site_id ?? ''), ...rest });
    case 'charger': {
      const { gsi2pk: pk } = keys.sessionsOfCharger(t, filter.charger_id ?? '');
      return ctx.table.query({ index: 'gsi2', pk, ...rest });
    }
    case 'month': {
      const { gsi1pk: pk } = keys.sessions(t, place.month ?? isoNow(ctx));
      return ctx.table.query({ index: 'gsi1', pk, ...rest });
    }
  }
}

/** Pointers and session rows alike, with their live rows. */
const complete = (ctx: Context, items: readonly Item[]): Promise<WholeSession[]> =>
  completeIds(
    ctx,
    items.map((item) => String(item['session_id'] ?? item['id'])),
  );

async function completeIds(ctx: Context, ids: readonly string[]): Promise<WholeSession[]> {
  const rows = await ctx.table.batchGet(
    ids.flatMap((id) => [keys.session(ctx.tenantId, id), keys.liveSession(ctx.tenantId, id)]),
  );
  return ids.flatMap((_, i) => {
    const [session, live] = [rows[2 * i], rows[2 * i + 1]];
    return session && live
      ? [{ session: Session.parse(session), live: LiveSession.parse(live) }]
      : [];
  });
}

function matches(ctx: Context, { session, live }: WholeSession, filter: SessionFilter): boolean {
  const {
    status,
    charger_id,
    site_id,
    driver_id,
    external_ref,
    started_after: after,
    started_before: before,
  } = filter;
  return (
    mayReachSession(ctx, session) &&
    (!status || status.includes(live.status)) &&
    (!charger_id || session.charger_id === charger_id) &&
    (!site_id || session.site_id === site_id) &&
    (!driver_id || session.driver_id === driver_id) &&
    (!external_ref || session.external_ref === external_ref) &&
    (!after || Date.parse(session.started_at) > Date.parse(after)) &&
    (!before || Date.parse(session.started_at) < Date.parse(before))
  );
}

function monthBefore(month: string): string {
  const [year, m] = month.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, (m ?? 1) - 2, 1)).toISOString().slice(0, 7);
}
