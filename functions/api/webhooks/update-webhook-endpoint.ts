import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { updateWebhookEndpoint } from '#shared/webhooks/manage-endpoints.ts';
import { showEndpoint } from '#shared/webhooks/show-endpoint.ts';
import { WebhookEndpointPatch, WebhookEndpointView } from '#shared/webhooks/webhook-endpoint.ts';
import { webhookExample } from '#shared/webhooks/webhook-example.ts';

export const endpoint = defineEndpoint({
  id: 'updateWebhookEndpoint',
  route: 'PATCH /v1/webhook-endpoints/{webhook_endpoint_id}',
  summary: 'Change, enable or disable a webhook endpoint',
  description: `
JSON Merge Patch (RFC 7396) of the top-level fields; lists and \`filter\` are replaced as a whole.

\`status: disabled\` stops deliveries: those still waiting are canceled when their time comes.
\`status: enabled\` gives an endpoint that was disabled a new chance; what it missed is sent by
\`POST …/replay\`.

What it may be sent, its \`reach\`, stays: for more, make a new one. **403 insufficient_scope**: it is sent more
than your credential may read, or could be sent none of these types.`,
  scope: 'webhooks:write',
  params: z.object({ webhook_endpoint_id: z.string().meta({ example: webhookExample.id }) }),
  body: WebhookEndpointPatch,
  status: 200,
  response: WebhookEndpointView,
  errors: ['not_found', 'etag_mismatch', 'validation_failed', 'insufficient_scope'],
  examples: {
    disable: {
      summary: 'Stop deliveries for now',
      params: { webhook_endpoint_id: webhookExample.id },
      body: { status: 'disabled' },
      response: {
        ...webhookExample,
        status: 'disabled',
        disabled_reason: 'by_user',
        disabled_at: '2026-05-27T14:10:00.000Z',
        updated_at: '2026-05-27T14:10:00.000Z',
        resource_version: 2,
      },
    },
    fewer: {
      summary: 'Sessions only',
      params: { webhook_endpoint_id: webhookExample.id },
      body: { event_types: ['session.*'] },
    },
  },
  async handle({ params, body, ifMatch }, ctx) {
    await import('#shared/catalogue/event-types.ts');
    const { webhook_endpoint_id: id } = params;
    return showEndpoint(ctx, await updateWebhookEndpoint(ctx, id, body, ifMatch));
  },
});

export const handler = serve(endpoint);
