import type { WebhookDelivery } from '#shared/webhooks/delivery.ts';
import type { WebhookEndpointView } from '#shared/webhooks/webhook-endpoint.ts';

/** A webhook endpoint as the documents show one. */
export const webhookExample: WebhookEndpointView = {
  id: 'whe_01JWA3M7Q4V0T9E6C2X8N5B1RD',
  url: 'https://example.com/hooks/charging',
  event_types: ['*'],
  filter: {},
  description: 'Billing',
  metadata: {},
  status: 'enabled',
  disabled_reason: null,
  disabled_at: null,
  api_version: '2026-06-01',
  reach: { scopes: ['*'], site_ids: null },
  created_by: 'key_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  health: {
    success_rate: 0.998,
    last_success_at: '2026-05-27T14:00:00.000Z',
    last_failure_at: null,
    failing_since: null,
    last_error: null,
  },
  livemode: true,
  created_at: '2026-05-01T08:00:00.000Z',
  updated_at: '2026-05-01T08:00:00.000Z',
  resource_version: 1,
};

/** How a new one begins. */
export const newWebhookExample: WebhookEndpointView = {
  ...webhookExample,
  health: { ...webhookExample.health, success_rate: null, last_success_at: null },
};

/** One that has not answered for five days. */
export const disabledExample: WebhookEndpointView = {
  ...webhookExample,
  status: 'disabled',
  disabled_reason: 'failing',
  disabled_at: '2026-05-27T14:05:10.914Z',
  health: {
    success_rate: 0,
    last_success_at: '2026-05-22T13:00:00.000Z',
    last_failure_at: '2026-05-27T14:05:10.914Z',
    failing_since: '2026-05-22T14:01:30.120Z',
    last_error: 'Answered 502.',
  },
  updated_at: '2026-05-27T14:05:10.914Z',
  resource_version: 2,
};

export const secretExample = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDRPPeKqUyrN0=';

export const deliveryExample: WebhookDelivery = {
  id: 'whd_01JWA3QH3M4T7ZK0B9XQ2D8V5N',
  webhook_endpoint_id: webhookExample.id,
  event_id: 'evt_01JWA3QH3M9K2V7T5C8X0N4B6R',
  event_type: 'session.ended',
  status: 'retrying',
  next_attempt_at: '2026-05-27T14:05:16.104Z',
  attempts: [
    {
      number: 1,
      at: '2026-05-27T14:05:10.730Z',
      url: webhookExample.url,
      status_code: 502,
      duration_ms: 184,
      error: 'Answered 502.',
      request_headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'ChargeSpot-Webhooks/1',
        'webhook-id': 'evt_01JWA3QH3M9K2V7T5C8X0N4B6R',
        'webhook-timestamp': '1779890710',
        'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
      },
      response_headers: { 'content-type': 'text/html', server: 'nginx' },
      response_excerpt: '<html><head><title>502 Bad Gateway</title></head>',
    },
  ],
  request_body: null,
  livemode: true,
  created_at: '2026-05-27T14:05:10.690Z',
  updated_at: '2026-05-27T14:05:10.914Z',
  resource_version: 2,
};
