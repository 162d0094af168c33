import { applyPatch } from '#shared/core/apply-patch.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { API_VERSION } from '#shared/events/envelope.ts';
import { newWebhookSecret } from '#shared/webhooks/sign-webhook.ts';
import {
  allWebhookEndpoints,
  getWebhookEndpoint,
  mayManage,
  type NewWebhookEndpoint,
  WebhookEndpoint,
  type WebhookEndpointPatch,
} from '#shared/webhooks/webhook-endpoint.ts';
import { forgetFailures } from '#shared/webhooks/webhook-health.ts';
import { webhookUrl } from '#shared/webhooks/webhook-url.ts';

/** Every event is matched against each of them. */
const ENDPOINTS_AT_MOST = 100;

/** Throws validation_failed for a URL that may not be called, conflict when there are too many. */
export async function createWebhookEndpoint(
  ctx: Context,
  input: NewWebhookEndpoint,
): Promise<WebhookEndpoint> {
  const url = webhookUrl(input.url, ctx.livemode);
  if ((await allWebhookEndpoints(ctx)).length >= ENDPOINTS_AT_MOST)
    throw conflict(`An organization has at most ${ENDPOINTS_AT_MOST} webhook endpoints.`);
  const now = isoNow(ctx);
  const endpoint = WebhookEndpoint.parse({
    ...input,
    url,
    id: ctx.newId('whe'),
    secrets: [{ value: newWebhookSecret(ctx), expires_at: null }],
    site_ids: allowedSites(ctx) ?? null,
    api_version: API_VERSION,
    created_at: now,
    updated_at: now,
    version: 1,
  });
  await commit(ctx, {
    aggregate: aggregateOf(endpoint),
    writes: [{ op: 'put', when: 'absent', item: endpointItem(ctx, endpoint) }],
  });
  return endpoint;
}

export async function listWebhookEndpoints(ctx: Context): Promise<WebhookEndpoint[]> {
  const endpoints = await allWebhookEndpoints(ctx);
  return endpoints.filter((endpoint) => mayManage(ctx, endpoint)).reverse();
}

/** Throws not_found, etag_mismatch, validation_failed. */
export async function updateWebhookEndpoint(
  ctx: Context,
  id: string,
  patch: WebhookEndpointPatch,
  ifMatch?: number,
): Promise<WebhookEndpoint> {
  return changeEndpoint(ctx, id, ifMatch, (before) => {
    const url = patch.url === undefined ? before.url : webhookUrl(patch.url, ctx.livemode);
    const next = { ...applyPatch(before, patch), url };
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
): Promise<WebhookEndpoint> {
  return changeEndpoint(ctx, id, undefined, (before) => {
    const now = isoNow(ctx);
    const until = plusSeconds(now, overlapHours * 3600);
    const kept = before.secrets
      .map(({ value, expires_at }) => ({ value, expires_at: earlier(expires_at, until) }))
      .filter(({ expires_at }) => expires_at > now);
    return { ...before, secrets: [{ value: newWebhookSecret(ctx), expires_at: null }, ...kept] };
  });
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
    const after = { ...change(before), updated_at: isoNow(ctx), version: version + 1 };
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
