import * as z from 'zod';
import type { Caller } from '#shared/core/caller.ts';
import { mayReadEvent } from '#shared/events/may-read-event.ts';
import type { EventScope } from '#shared/events/recorded.ts';
import { isOfTopic, Topic } from '#shared/live/topics.ts';

/** A connection is entered under each, in one transaction. */
const PLACES_AT_MOST = 25;
const ids = z.array(z.string().min(1).max(100)).min(1).max(PLACES_AT_MOST).optional();

export const LiveFilter = z.object({ site_id: ids, charger_id: ids, session_id: ids }).meta({
  id: 'LiveFilter',
  description: 'Only events of these; a field left out sets no limit. At most 25 ids each.',
  example: { site_id: ['BLR-IND'] },
});
export type LiveFilter = z.infer<typeof LiveFilter>;

/** What a connection wants to see, and what its credential lets it. */
export const Interest = z.object({
  topics: z.array(Topic),
  filter: LiveFilter,
  scopes: z.array(z.string()),
  site_ids: z.array(z.string()).nullable(),
  /** Of a driver's credential: it sees what is that driver's, whatever it asks for. */
  driver_id: z.string().nullable().default(null),
});
export type Interest = z.infer<typeof Interest>;

/** What is known of an event before anybody pays for completing it. */
export interface EventHead {
  readonly type: string;
  readonly object: string;
  readonly scope: EventScope;
}

export function isInterestedIn(interest: Interest, { type, object, scope }: EventHead): boolean {
  const { topics, filter } = interest;
  const isAmong = (allowed: readonly string[] | undefined, id: string | null | undefined) =>
    !allowed || (id != null && allowed.includes(id));
  return (
    topics.some((topic) => isOfTopic(topic, type)) &&
    isAmong(filter.site_id, scope.site_id) &&
    isAmong(filter.charger_id, scope.charger_id) &&
    isAmong(filter.session_id, scope.session_id) &&
    mayReadEvent(holderOf(interest), {
      subject: { object, id: '', resource_version: 0 },
      scope,
    })
  );
}

/** Somebody who may see as much as the credential that an interest was opened with. */
export const holderOf = ({ scopes, site_ids, driver_id }: Interest): Caller => ({
  ...(driver_id === null ? { kind: 'api_key', id: '' } : { kind: 'driver', id: driver_id }),
  scopes,
  ...(site_ids ? { siteIds: site_ids } : {}),
});

/**
 * Where a connection is found for an event: under each id of its narrowest filter, or under the whole
 * tenant. Each connection uses one kind of place, so no event finds it twice.
 */
export function placesOf({ filter, site_ids, driver_id }: Interest): string[] {
  if (driver_id !== null) return [place.driver(driver_id)];
  if (filter.session_id) return filter.session_id.map(place.session);
  if (filter.charger_id) return filter.charger_id.map(place.charger);
  const sites = filter.site_id ?? site_ids;
  return sites && sites.length <= PLACES_AT_MOST ? sites.map(place.site) : [place.tenant];
}

/** Where the connections that may want an event are found. */
export const placesFor = ({ site_id, charger_id, session_id, driver_id }: EventScope): string[] => [
  place.tenant,
  ...(site_id ? [place.site(site_id)] : []),
  ...(charger_id ? [place.charger(charger_id)] : []),
  ...(session_id ? [place.session(session_id)] : []),
  ...(driver_id ? [place.driver(driver_id)] : []),
];

const place = {
  tenant: 'ALL',
  site: (id: string) => `SITE#${id}`,
  charger: (id: string) => `CHG#${id}`,
  session: (id: string) => `SES#${id}`,
  driver: (id: string) => `DRV#${id}`,
} as const;
