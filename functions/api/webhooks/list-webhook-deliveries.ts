import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { EventId } from '#shared/events/event-id.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { DeliveryStatus, WebhookDelivery } from '#shared/webhooks/delivery.ts';
import { listDeliveries } from '#shared/webhooks/list-deliveries.ts';
import { getWebhookEndpoint } from '#shared/webhooks/webhook-endpoint.ts';
import { deliveryExample, webhookExample } from '#shared/webhooks/webhook-example.ts';

export const endpoint = defineEndpoint({
  id: 'listWebhookDeliveries',
  route: 'GET /v1/webhook-endpoints/{webhook_endpoint_id}/deliveries',
  summary: 'List deliveries to a webhook endpoint',
  description: `
One delivery for each event that was sent or is to be sent to the endpoint, newest event first, with its
last 20 attempts: when, the headers that were sent, what was answered with which headers, how long it took, the
beginning of the answer. \`expand=request_body\` shows what was sent, to the letter. Kept 30 days.

To a credential that may not read all that the endpoint is sent (its \`reach\`), signatures, bodies and answers are
not shown.

\`pending\` has not been tried, \`retrying\` waits for \`next_attempt_at\`, \`succeeded\` was answered with 2xx,
\`exhausted\` failed ten times, \`canceled\` was dropped because the endpoint was disabled or deleted.

With a filter a page may be short, or even empty: go on while \`next_cursor\` is given.`,
  scope: 'webhooks:read',
  params: z.object({ webhook_endpoint_id: z.string().meta({ example: webhookExample.id }) }),
  query: z.object({
    status: commaList(DeliveryStatus).optional().meta({ example: 'retrying,exhausted' }),
    event_id: EventId.optional(),
    event_type: z.string().optional().meta({ example: 'session.ended' }),
    expand: z.enum(['request_body']).optional(),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('deliveries', WebhookDelivery).meta({ id: 'WebhookDeliveryList' }),
  errors: ['not_found'],
  examples: {
    all: {
      summary: 'The newest',
      params: { webhook_endpoint_id: webhookExample.id },
      query: {},
      response: { deliveries: [deliveryExample], total: null, next_cursor: null },
    },
    failing: {
      summary: 'What has failed so far',
      params: { webhook_endpoint_id: webhookExample.id },
      query: { status: 'retrying,exhausted' },
    },
  },
  async handle({ params, query }, ctx) {
    const endpoint = await getWebhookEndpoint(ctx, params.webhook_endpoint_id);
    const filter = { ...query, withBodies: query.expand !== undefined };
    const { items, ...rest } = await readPage(ctx, `deliveries of ${endpoint.id}`, query, (page) =>
      listDeliveries(ctx, endpoint, filter, page),
    );
    return { deliveries: items, ...rest };
  },
});

export const handler = serve(endpoint);
