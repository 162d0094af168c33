import * as z from 'zod';
import { type Caller, isCaller } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { hasScope, scopes } from '#shared/core/scopes.ts';
import { allowedSites, reachesSite } from '#shared/core/site-access.ts';
import { mayReadEvent } from '#shared/events/may-read-event.ts';

/** What an endpoint may be sent: what the credential that made it could read then. */
export const Reach = z
  .object({
    scopes: z
      .array(z.string())
      .default(['*'])
      .meta({ description: 'Of the credential that made it, those that read; `*` is all.' }),
    site_ids: z
      .array(z.string())
      .nullable()
      .default(null)
      .meta({ description: 'The sites that credential was restricted to; null for all.' }),
  })
  .meta({
    id: 'WebhookReach',
    description: 'What it may be sent: what the credential that made it could read.',
  });
export type Reach = z.infer<typeof Reach>;

type Who = Pick<Context, 'actor'>;

/** Events are only read. */
const readScopes = Object.keys(scopes).filter((scope) => scope.endsWith(':read'));

/** As far as the caller reaches. */
export function reachOf(who: Who): Reach {
  const sites = allowedSites(who);
  const granted = isCaller(who.actor) ? who.actor.scopes : ['*'];
  return {
    scopes: granted.includes('*')
      ? ['*']
      : readScopes.filter((scope) => hasScope(granted, scope)).sort(),
    site_ids: sites ? [...sites] : null,
  };
}

/** Somebody who reads just as much. */
export const holderOf = ({ scopes, site_ids }: Reach): Caller => ({
  kind: 'api_key',
  id: '',
  scopes,
  ...(site_ids ? { siteIds: site_ids } : {}),
});

/** What its maker could not read is not sent to it, asked for or not. */
export const mayBeSent = (reach: Reach, event: Parameters<typeof mayReadEvent>[1]): boolean =>
  mayReadEvent(holderOf(reach), event);

/** A credential restricted to sites does not know of endpoints that see others. */
export function mayKnow(who: Who, { site_ids }: Reach): boolean {
  if (!allowedSites(who)) return true;
  return site_ids?.every((id) => reachesSite(who, id)) ?? false;
}

/** Whether the caller reads all that the endpoint may be sent. */
export function readsAllOf(who: Who, reach: Reach): boolean {
  const own = reachOf(who).scopes;
  const wanted = reach.scopes.includes('*') ? readScopes : reach.scopes;
  return mayKnow(who, reach) && wanted.every((scope) => hasScope(own, scope));
}

/**
 * Throws insufficient_scope. Whoever turns an endpoint to another server, or has its secret, has its
 * events: that is for those alone who may read them anyway.
 */
export function refuseNarrower(who: Who, reach: Reach): void {
  if (readsAllOf(who, reach)) return;
  throw new AppError(
    'insufficient_scope',
    'The endpoint is sent more than this credential may read: see its `reach`.',
  );
}
