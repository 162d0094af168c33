import { isCaller } from '#shared/core/caller.ts';
import type { Actor } from '#shared/core/context.ts';

interface Who {
  readonly actor: Actor;
}

/** The sites a credential is restricted to; undefined where it may reach all of its organization's. */
export const allowedSites = ({ actor }: Who): readonly string[] | undefined =>
  isCaller(actor) ? actor.siteIds : undefined;

/** Whether the caller may reach what is at this site. What is at none is out of a restricted one's reach. */
export function reachesSite(who: Who, siteId: string | null | undefined): boolean {
  const sites = allowedSites(who);
  return !sites || (siteId != null && sites.includes(siteId));
}

/**
 * The driver whose own list may be read for a filter. Not for a credential restricted to sites: how far
 * that list goes would tell of what is elsewhere.
 */
export const listedDriver = (
  who: Who,
  { driver_id }: { readonly driver_id?: string | undefined },
): string | undefined => (allowedSites(who) ? undefined : driver_id);
