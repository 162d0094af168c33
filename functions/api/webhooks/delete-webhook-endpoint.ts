import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { deleteWebhookEndpoint } from '#shared/webhooks/manage-endpoints.ts';
import { webhookExample } from '#shared/webhooks/webhook-example.ts';

export const endpoint = defineEndpoint({
  id: 'deleteWebhookEndpoint',
  route: 'DELETE /v1/webhook-endpoints/{webhook_endpoint_id}',
  summary: 'Delete a webhook endpoint',
  description:
    'Nothing is sent to it any more; deliveries that wait for their next attempt are canceled when it is due. The ledger of its deliveries goes with it. To stop for a while, disable it instead. **403 insufficient_scope**: it is sent more than your credential may read.',
  scope: 'webhooks:write',
  params: z.object({ webhook_endpoint_id: z.string().meta({ example: webhookExample.id }) }),
  status: 204,
  errors: ['not_found', 'etag_mismatch', 'insufficient_scope'],
  examples: {
    one: {
      summary: 'No more webhooks',
      params: { webhook_endpoint_id: webhookExample.id },
    },
  },
  async handle({ params, ifMatch }, ctx) {
    await deleteWebhookEndpoint(ctx, params.webhook_endpoint_id, ifMatch);
    return undefined;
  },
});

export const handler = serve(endpoint);
