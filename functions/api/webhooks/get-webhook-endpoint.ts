import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { showEndpoint } from '#shared/webhooks/show-endpoint.ts';
import { getWebhookEndpoint, WebhookEndpointView } from '#shared/webhooks/webhook-endpoint.ts';
import { webhookExample } from '#shared/webhooks/webhook-example.ts';

export const endpoint = defineEndpoint({
  id: 'getWebhookEndpoint',
  route: 'GET /v1/webhook-endpoints/{webhook_endpoint_id}',
  summary: 'Read one webhook endpoint',
  description: `
An endpoint with its health. \`resource_version\`, the \`ETag\`, is of its settings; the health changes
without it. The secret is not shown: rotate it if it is lost.`,
  scope: 'webhooks:read',
  params: z.object({ webhook_endpoint_id: z.string().meta({ example: webhookExample.id }) }),
  status: 200,
  response: WebhookEndpointView,
  errors: ['not_found'],
  examples: {
    one: {
      summary: 'An endpoint that works',
      params: { webhook_endpoint_id: webhookExample.id },
      response: webhookExample,
    },
  },
  handle: async ({ params }, ctx) =>
    showEndpoint(ctx, await getWebhookEndpoint(ctx, params.webhook_endpoint_id)),
});

export const handler = serve(endpoint);
