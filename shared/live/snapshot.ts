import { listChargers } from '#shared/chargers/list-chargers.ts';
import type { Context } from '#shared/core/context.ts';
import { reachesDriver } from '#shared/core/driver-access.ts';
import { mayRead } from '#shared/events/may-read-event.ts';
import type { SnapshotObject } from '#shared/live/frames.ts';
import { holderOf, type Interest } from '#shared/live/interest.ts';
import type { Topic } from '#shared/live/topics.ts';
import { listSessions } from '#shared/sessions/list-sessions.ts';
import { findSession, sessionViews } from '#shared/sessions/session-view.ts';

/** Whoever watches more than this begins with the REST lists. */
const OBJECTS_AT_MOST = 200;
const OF_SESSIONS: readonly Topic[] = ['sessions', 'meter_values', 'soc', 'payments'];
const OF_CHARGERS: readonly Topic[] = ['connectors', 'chargers', 'faults'];

/** The present state of what a connection watches: open sessions (those named, ended too) and chargers. */
export async function snapshotOf(ctx: Context, interest: Interest): Promise<SnapshotObject[]> {
  const as = asCredential(ctx, interest);
  const watches = (topics: readonly Topic[]) => topics.some((t) => interest.topics.includes(t));
  const [sessions, chargers] = await Promise.all([
    watches(OF_SESSIONS) && mayRead(interest.scopes, 'session') ? sessionsOf(as, interest) : [],
    watches(OF_CHARGERS) && mayReadChargers(interest) ? chargersOf(as, interest) : [],
  ]);
  return [
    ...sessions.map((session) => ({ object: 'session', ...session })),
    ...chargers.map((charger) => ({ object: 'charger', ...charger })),
  ].slice(0, OBJECTS_AT_MOST);
}

/** Chargers are no driver's own, and so is nothing that happens to them. */
const mayReadChargers = ({ scopes, driver_id }: Interest): boolean =>
  driver_id === null && mayRead(scopes, 'charger');

/** The snapshot is read by us, but shows what the connection's credential may see. */
const asCredential = (ctx: Context, interest: Interest): Context => ({
  ...ctx,
  actor: holderOf(interest),
});

async function sessionsOf(ctx: Context, { filter, site_ids }: Interest) {
  const isAmong = (allowed: readonly string[] | null | undefined, id: string | null) =>
    !allowed || (id !== null && allowed.includes(id));
  const found = await candidates(ctx, filter.session_id);
  return found.filter(
    ({ site_id, charger_id, driver_id }) =>
      reachesDriver(ctx, driver_id) &&
      isAmong(filter.site_id, site_id) &&
      isAmong(filter.charger_id, charger_id) &&
      isAmong(site_ids, site_id),
  );
}

async function candidates(ctx: Context, ids: readonly string[] | undefined) {
  if (ids) {
    const sessions = await Promise.all(ids.map((id) => findSession(ctx, id)));
    return sessionViews(
      ctx,
      sessions.filter((session) => session !== undefined),
    );
  }
  const open = { status: ['starting', 'charging', 'suspended', 'stopping'] } as const;
  return (await listSessions(ctx, open, { limit: OBJECTS_AT_MOST })).items;
}

async function chargersOf(ctx: Context, { filter }: Interest) {
  const page = { limit: OBJECTS_AT_MOST };
  const sites = filter.site_id ?? [undefined];
  const lists = await Promise.all(
    sites.map((site_id) => listChargers(ctx, { site_id, ids: filter.charger_id }, page)),
  );
  return lists.flatMap(({ items }) => items);
}
