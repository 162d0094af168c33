import * as z from 'zod';
import { Metadata } from '#shared/chargers/charger.ts';
import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { keys } from '#shared/db/keys.ts';
import { API_VERSION } from '#shared/events/envelope.ts';
import { TypePattern } from '#shared/events/matches-type.ts';
import { mayKnow, Reach } from '#shared/webhooks/reach.ts';

const ApiVersionDate = z.enum([API_VERSION]).meta({ id: 'EventApiVersion' });

export const WebhookFilter = z
  .object({
    site_id: z.array(z.string()).min(1).max(100).optional(),
    charger_id: z.array(z.string()).min(1).max(100).optional(),
    vendor_id: z.array(z.string()).min(1).max(100).optional(),
  })
  .meta({
    id: 'WebhookFilter',
    description:
      'Only events of these sites and chargers, and of the sites of these vendors; a field left out sets no limit.',
    example: { site_id: ['BLR-IND'] },
  });

const fields = {
  url: z.string().max(2048).meta({ example: 'https://example.com/hooks/charging' }),
  event_types: z
    .array(TypePattern)
    .min(1)
    .max(100)
    .meta({ description: 'Event types; `session.*` and `*` stand for many.', example: ['*'] }),
  filter: WebhookFilter,
  description: z.string().max(500).nullable(),
  metadata: Metadata,
  api_version: ApiVersionDate.meta({
    description: 'The dated version of the API whose events it is sent.',
  }),
};

export const NewWebhookEndpoint = z
  .object({
    ...fields,
    event_types: fields.event_types.default(['*']),
    filter: fields.filter.default({}),
    description: fields.description.default(null),
    metadata: fields.metadata.default({}),
    api_version: ApiVersionDate.default(API_VERSION),
  })
  .meta({ id: 'NewWebhookEndpoint' });
export type NewWebhookEndpoint = z.output<typeof NewWebhookEndpoint>;

export const WebhookEndpointPatch = z
  .object({ ...fields, status: z.enum(['enabled', 'disabled']) })
  .partial()
  .meta({
    id: 'WebhookEndpointPatch',
    description: 'JSON Merge Patch. `status: enabled` gives a disabled endpoint a new chance.',
  });
export type WebhookEndpointPatch = z.output<typeof WebhookEndpointPatch>;

const DisabledReason = z
  .enum(['by_user', 'failing', 'gone'])
  .meta({ description: '`failing`: 5 days without a success; `gone`: it answered 410.' });

const WebhookSecret = z.object({ value: z.string(), expires_at: z.string().nullable() });
export type WebhookSecret = z.infer<typeof WebhookSecret>;

/** A URL that is sent events, as it lies in its row. */
export const WebhookEndpoint = z.object({
  id: z.string(),
  ...fields,
  status: z.enum(['enabled', 'disabled']).default('enabled'),
  disabled_reason: DisabledReason.nullable().default(null),
  disabled_at: z.string().nullable().default(null),
  /** It answers late: until then its deliveries keep to themselves. */
  slow_until: z.string().nullable().default(null),
  /** Newest first. All that are still valid sign. Sealed, but in rows of the first releases. */
  secrets: z.array(WebhookSecret).min(1),
  ...Reach.shape,
  created_by: z.string().nullable().default(null),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

export const WebhookHealth = z
  .object({
    success_rate: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .meta({ description: 'Of the attempts of today and yesterday (UTC); null without any.' }),
    last_success_at: z.iso.datetime().nullable().meta({ description: 'To the hour.' }),
    last_failure_at: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
    failing_since: z.iso.datetime().nullable(),
    last_error: z.string().nullable(),
  })
  .meta({ id: 'WebhookHealth' });
export type WebhookHealth = z.infer<typeof WebhookHealth>;

/** An endpoint as the API shows it. */
export const WebhookEndpointView = z
  .object({
    id: z.string().meta({ example: 'whe_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
    ...fields,
    status: z.enum(['enabled', 'disabled']),
    disabled_reason: DisabledReason.nullable(),
    disabled_at: z.iso.datetime().nullable(),
    reach: Reach,
    created_by: z.string().nullable().meta({ description: 'The credential that made it.' }),
    health: WebhookHealth,
    livemode: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    resource_version: z.int(),
  })
  .meta({ id: 'WebhookEndpoint', description: 'A URL that is sent events.' });
export type WebhookEndpointView = z.infer<typeof WebhookEndpointView>;

/** Throws not_found, for an endpoint that a restricted credential may not know of too. */
export async function getWebhookEndpoint(ctx: Context, id: string): Promise<WebhookEndpoint> {
  const item = await ctx.table.get(keys.webhook(ctx.tenantId, id));
  const endpoint = item && WebhookEndpoint.parse(item);
  if (!endpoint || !mayKnow(ctx, endpoint)) throw notFound('Webhook endpoint');
  return endpoint;
}

/** All of them: an organization has few. */
export async function allWebhookEndpoints(ctx: Context): Promise<WebhookEndpoint[]> {
  const { items } = await ctx.table.query(keys.webhooks(ctx.tenantId));
  return items.map((item) => WebhookEndpoint.parse(item));
}
