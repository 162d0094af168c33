import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { rotateWebhookSecret } from '#shared/webhooks/manage-endpoints.ts';
import { secretExample, webhookExample } from '#shared/webhooks/webhook-example.ts';

export const endpoint = defineEndpoint({
  id: 'rotateWebhookSecret',
  route: 'POST /v1/webhook-endpoints/{webhook_endpoint_id}/rotate-secret',
  summary: 'Rotate the signing secret of a webhook endpoint',
  description: `
Answers a new secret, shown this once. For \`overlap_hours\` the old one signs too: \`webhook-signature\` then
holds two signatures with a space between, and either proves the message. \`0\` retires the old secret at
once, which is what to do when it has leaked.

**403 insufficient_scope**: the endpoint is sent more than your credential may read.`,
  scope: 'webhooks:write',
  params: z.object({ webhook_endpoint_id: z.string().meta({ example: webhookExample.id }) }),
  body: z
    .object({ overlap_hours: z.int().min(0).max(168).default(24) })
    .meta({ id: 'WebhookSecretRotation' }),
  status: 200,
  response: z
    .object({
      secret: z.string().meta({ description: 'Shown once.', example: secretExample }),
      previous_valid_until: z.iso.datetime().nullable(),
    })
    .meta({ id: 'WebhookSecret' }),
  errors: ['not_found', 'insufficient_scope'],
  examples: {
    overlap: {
      summary: 'With two days to change over',
      params: { webhook_endpoint_id: webhookExample.id },
      body: { overlap_hours: 48 },
      response: { secret: secretExample, previous_valid_until: '2026-05-29T14:10:00.000Z' },
    },
  },
  recall: 'secret',
  async handle({ params, body }, ctx) {
    const { endpoint, secret } = await rotateWebhookSecret(
      ctx,
      params.webhook_endpoint_id,
      body.overlap_hours,
    );
    return { secret, previous_valid_until: endpoint.secrets[1]?.expires_at ?? null };
  },
});

export const handler = serve(endpoint);
