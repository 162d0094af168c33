import { applyPatch } from '#shared/core/apply-patch.ts';
import { callerId } from '#shared/core/caller.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { mayKnow, reachOf, refuseNarrower } from '#shared/webhooks/reach.ts';
import { refuseUnsendable } from '#shared/webhooks/wanted-types.ts';
import {
  allWebhookEndpoints,
  getWebhookEndpoint,
  type NewWebhookEndpoint,
  WebhookEndpoint,
  type WebhookEndpointPatch,
} from '#shared/webhooks/webhook-endpoint.ts';
import { forgetFailures } from '#shared/webhooks/webhook-health.ts';
import { newWebhookSecret, sealAll, sealWebhookSecret } from '#shared/webhooks/webhook-secret.ts';
import { webhookUrl } from '#shared/webhooks/webhook-url.ts';

/** Every event is matched against each of them. */
const ENDPOINTS_AT_MOST = 100;

/** An endpoint, and a secret of it that is to be had this once. */
export interface WithSecret {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string;
}

/**
 * Throws validation_failed for a URL that may not be called or a type that is none, insufficient_scope
 * where nothing could ever be sent, conflict when there are too many.
 */
export async function createWebhookEndpoint(
  ctx: Context,
  input: NewWebhookEndpoint,
): Promise<WithSecret> {
  const url = webhookUrl(input.url, ctx.livemode);
  const reach = reachOf(ctx);
  refuseUnsendable(input.event_types, reach);
  if ((await allWebhookEndpoints(ctx)).length >= ENDPOINTS_AT_MOST)
    throw conflict(`An organization has at most ${ENDPOINTS_AT_MOST} webhook endpoints.`);
  const now = isoNow(ctx);
  const id = ctx.newId('whe');
  const secret = newWebhookSecret(ctx);
  const endpoint = WebhookEndpoint.parse({
    ...input,
    ...reach,
    url,
    id,
    secrets: [{ value: await sealWebhookSecret(ctx, id, secret), expires_at: null }],
    created_by: callerId(ctx),
    created_at: now,
    updated_at: now,
    version: 1,
  });
  await commit(ctx, {
    aggregate: aggregateOf(endpoint),
    writes: [{ op: 'put', when: 'absent', item: endpointItem(ctx, endpoint) }],
  });
  return { endpoint, secret };
}

export async function listWebhookEndpoints(ctx: Context): Promise<WebhookEndpoint[]> {
  const endpoints = await allWebhookEndpoints(ctx);
  return endpoints.filter((endpoint) => mayKnow(ctx, endpoint)).reverse();
}

/** Throws not_found, etag_mismatch, validation_failed; insufficient_scope as creation does, and for a narrower caller. */
export async function updateWebhookEndpoint(
  ctx: Context,
  id: string,
  patch: WebhookEndpointPatch,
  ifMatch?: number,
): Promise<WebhookEndpoint> {
  return changeEndpoint(ctx, id, ifMatch, (before) => {
    const url = patch.url === undefined ? before.url : webhookUrl(patch.url, ctx.livemode);
    const next = { ...applyPatch(before, patch), url };
    if (patch.event_types) refuseUnsendable(next.event_types, before);
    if (next.status === before.status) return next;
    return next.status === 'enabled'
      ? { ...next, disabled_reason: null, disabled_at: null }
      : { ...next, disabled_reason: 'by_user', disabled_at: isoNow(ctx) };
  });
}

/** A new secret; the present ones go on signing beside it for `overlapHours`. */
export async function rotateWebhookSecret(
  ctx: Context,
  id: string,
  overlapHours: number,
): Promise<WithSecret> {
  const secret = newWebhookSecret(ctx);
  const fresh = { value: await sealWebhookSecret(ctx, id, secret), expires_at: null };
  const endpoint = await changeEndpoint(ctx, id, undefined, (before) => {
    const now = isoNow(ctx);
    const until = plusSeconds(now, overlapHours * 3600);
    const kept = before.secrets
      .map(({ value, expires_at }) => ({ value, expires_at: earlier(expires_at, until) }))
      .filter(({ expires_at }) => expires_at > now);
    return { ...before, secrets: [fresh, ...kept] };
  });
  return { endpoint, secret };
}

/** Deliveries still waiting find it gone and are canceled. Throws not_found, etag_mismatch. */
export async function deleteWebhookEndpoint(
  ctx: Context,
  id: string,
  ifMatch?: number,
): Promise<void> {
  await retrying(async () => {
    const { version } = await endpointAt(ctx, id, ifMatch);
    await commit(ctx, {
      aggregate: aggregateOf({ id, version: version + 1 }),
      writes: [{ op: 'delete', key: keys.webhook(ctx.tenantId, id), when: { version } }],
    });
  });
}

async function changeEndpoint(
  ctx: Context,
  id: string,
  ifMatch: number | undefined,
  change: (before: WebhookEndpoint) => WebhookEndpoint,
): Promise<WebhookEndpoint> {
  return retrying(async () => {
    const before = await endpointAt(ctx, id, ifMatch);
    const { version } = before;
    const changed = change(before);
    const after = {
      ...changed,
      secrets: await sealAll(ctx, id, changed.secrets),
      updated_at: isoNow(ctx),
      version: version + 1,
    };
    const isRevived = before.status === 'disabled' && after.status === 'enabled';
    await commit(ctx, {
      aggregate: aggregateOf(after),
      writes: [
        { op: 'put', item: endpointItem(ctx, after), when: { version } },
        ...(isRevived ? [forgetFailures(ctx, id)] : []),
      ],
    });
    return after;
  });
}

async function endpointAt(ctx: Context, id: string, ifMatch: number | undefined) {
  const endpoint = await getWebhookEndpoint(ctx, id);
  refuseNarrower(ctx, endpoint);
  if (ifMatch !== undefined && endpoint.version !== ifMatch)
    throw new AppError('etag_mismatch', 'The webhook endpoint has changed since you read it.');
  return endpoint;
}

const aggregateOf = ({ id, version }: Pick<WebhookEndpoint, 'id' | 'version'>) => ({
  kind: 'webhook_endpoint',
  id,
  version,
});

const earlier = (a: string | null, b: string): string => (a !== null && a < b ? a : b);

const endpointItem = (ctx: Context, endpoint: WebhookEndpoint) => ({
  ...endpoint,
  ...keys.webhook(ctx.tenantId, endpoint.id),
});
