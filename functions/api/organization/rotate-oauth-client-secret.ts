import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import {
  clientSecretExample,
  oauthClientExample,
} from '#shared/oauth-clients/oauth-client-example.ts';
import { rotateOauthClientSecret } from '#shared/oauth-clients/update-oauth-client.ts';

const LONGEST_OVERLAP_HOURS = 30 * 24;

export const endpoint = defineEndpoint({
  id: 'rotateOauthClientSecret',
  route: 'POST /v1/oauth-clients/{client_id}/rotate-secret',
  summary: 'Rotate the secret of an OAuth client',
  description: `
Answers a new secret, shown this once. For \`overlap_hours\` the old one works too; \`0\` ends it at once, which is
what to do when it has leaked. Access tokens that are out stay good until they expire.

Whoever has the secret may what the client may: **403 insufficient_scope** or **403 site_restricted** for a
credential that may less. **409 conflict**: a public client has no secret.`,
  scope: 'admin:write',
  params: z.object({ client_id: z.string().meta({ example: oauthClientExample.id }) }),
  body: z
    .object({ overlap_hours: z.int().min(0).max(LONGEST_OVERLAP_HOURS).default(24) })
    .meta({ id: 'OauthClientSecretRotation' }),
  status: 200,
  response: z
    .object({
      client_id: z.string(),
      secret: z.string().meta({ description: 'Shown once.', example: clientSecretExample }),
      previous_valid_until: z.iso.datetime().nullable(),
    })
    .meta({ id: 'OauthClientSecret' }),
  errors: ['not_found', 'site_restricted', 'conflict'],
  examples: {
    overlap: {
      summary: 'With two days to change over',
      params: { client_id: oauthClientExample.id },
      body: { overlap_hours: 48 },
      response: {
        client_id: oauthClientExample.id,
        secret: clientSecretExample,
        previous_valid_until: '2026-05-29T14:10:00.000Z',
      },
    },
  },
  recall: 'secret',
  async handle({ params, body }, ctx) {
    const rotated = await rotateOauthClientSecret(ctx, params.client_id, body.overlap_hours * 3600);
    return {
      client_id: rotated.client.id,
      secret: rotated.secret ?? '',
      previous_valid_until: rotated.previousUntil,
    };
  },
});

export const handler = serve(endpoint);
