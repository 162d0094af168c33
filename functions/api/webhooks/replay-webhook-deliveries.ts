import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { ReplayRequest, ReplayResult, replayDeliveries } from '#shared/webhooks/replay.ts';
import { deliveryExample, webhookExample } from '#shared/webhooks/webhook-example.ts';

export const endpoint = defineEndpoint({
  id: 'replayWebhookDeliveries',
  route: 'POST /v1/webhook-endpoints/{webhook_endpoint_id}/replay',
  summary: 'Send events again',
  description: `
Puts events on their way to the endpoint once more, with all attempts before them, whatever became of them
before. The receiver knows repeats by \`webhook-id\`, which stays the same.

Name up to 100 \`delivery_ids\` or \`event_ids\`, or a range: from \`created_after\`, or after the event \`after\`,
until \`created_before\` or now. A range sends every event that the endpoint's types and filter match now,
whether or not it was sent then: so an endpoint that is made late, or was disabled, catches up. \`types\`
keeps to some of them, \`undelivered\` to what was never delivered nor is on its way. At most 500
at a time; where there are more, repeat with \`continue_after\` as \`after\`. Events are kept 90 days.

A call that was broken off can be made again: what it had sent is sent twice, under the same \`webhook-id\`.

**403 insufficient_scope**: the endpoint is sent more than your credential may read.
**409 conflict**: the endpoint is disabled. **410 gone**: \`after\` is older than the log.`,
  scope: 'webhooks:write',
  params: z.object({ webhook_endpoint_id: z.string().meta({ example: webhookExample.id }) }),
  body: ReplayRequest,
  status: 202,
  quota: 'export',
  response: ReplayResult,
  errors: ['not_found', 'conflict', 'gone', 'validation_failed', 'insufficient_scope'],
  examples: {
    ids: {
      summary: 'One delivery',
      params: { webhook_endpoint_id: webhookExample.id },
      body: { delivery_ids: [deliveryExample.id] },
      response: { scheduled: 1, continue_after: null },
    },
    range: {
      summary: 'Everything of an outage',
      params: { webhook_endpoint_id: webhookExample.id },
      body: {
        types: ['session.*', 'cdr.created'],
        undelivered: true,
        created_after: '2026-05-27T02:00:00.000Z',
        created_before: '2026-05-27T06:00:00.000Z',
      },
      response: { scheduled: 500, continue_after: 'evt_01JW8XJ6Q0M3C7R5T1B9V4K2ZD' },
    },
  },
  async handle({ params, body }, ctx) {
    await import('#shared/catalogue/event-types.ts');
    return replayDeliveries(ctx, params.webhook_endpoint_id, body);
  },
});

export const handler = serve(endpoint);
