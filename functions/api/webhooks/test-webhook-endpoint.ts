import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { WebhookDelivery } from '#shared/webhooks/delivery.ts';
import { deliveryView } from '#shared/webhooks/delivery-view.ts';
import { httpPost } from '#shared/webhooks/http-post.ts';
import { testWebhookEndpoint } from '#shared/webhooks/test-endpoint.ts';
import { deliveryExample, webhookExample } from '#shared/webhooks/webhook-example.ts';

export const endpoint = defineEndpoint({
  id: 'testWebhookEndpoint',
  route: 'POST /v1/webhook-endpoints/{webhook_endpoint_id}/test',
  summary: 'Send a sample event now',
  description: `
Posts one signed event to the endpoint, waits for the answer (10 seconds at most) and shows it. It is tried
once, counts nothing in the endpoint's health, and works on a disabled endpoint too.

\`event_type\` is \`webhook_endpoint.test\`, or any type: the newest of its kind that it may be sent is sent,
under an id of its own, or the example of the catalogue where none has happened yet.

**422 validation_failed**: there is no such type, or the endpoint's \`reach\` leaves it out.
**403 insufficient_scope**: the endpoint is sent more than your credential may read.`,
  scope: 'webhooks:write',
  params: z.object({ webhook_endpoint_id: z.string().meta({ example: webhookExample.id }) }),
  body: z
    .object({ event_type: z.string().max(100).default('webhook_endpoint.test') })
    .meta({ id: 'WebhookTest' }),
  status: 200,
  response: WebhookDelivery,
  errors: ['not_found', 'validation_failed', 'insufficient_scope'],
  examples: {
    plain: {
      summary: 'An endpoint that answers',
      params: { webhook_endpoint_id: webhookExample.id },
      body: {},
      response: {
        ...deliveryExample,
        event_type: 'webhook_endpoint.test',
        status: 'succeeded',
        next_attempt_at: null,
        attempts: [
          {
            number: 1,
            at: '2026-05-27T14:05:10.730Z',
            url: webhookExample.url,
            status_code: 204,
            duration_ms: 92,
            error: null,
            request_headers: {},
            response_headers: { server: 'nginx' },
            response_excerpt: '',
          },
        ],
        resource_version: 1,
      },
    },
    session: {
      summary: 'As a session ends',
      params: { webhook_endpoint_id: webhookExample.id },
      body: { event_type: 'session.ended' },
    },
  },
  async handle({ params, body }, ctx) {
    await import('#shared/catalogue/event-types.ts');
    const { webhook_endpoint_id } = params;
    const made = await testWebhookEndpoint(ctx, webhook_endpoint_id, body.event_type, httpPost);
    return deliveryView(made, { contents: true, body: made.sample ?? null });
  },
});

export const handler = serve(endpoint);
