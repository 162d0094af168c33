import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import {
  apiKeyExample,
  apiKeySecretExample,
  newApiKeyExample,
} from '#shared/organizations/api-key-example.ts';
import { ApiKeyView, apiKeyView } from '#shared/organizations/api-key-view.ts';
import { createApiKey } from '#shared/organizations/create-api-key.ts';
import { NewApiKey } from '#shared/organizations/new-api-key.ts';

const scopes = ['chargers:read', 'sessions:read', 'sessions:write'];

export const endpoint = defineEndpoint({
  id: 'createApiKey',
  route: 'POST /v1/api-keys',
  summary: 'Create an API key, or a new one in place of another',
  description: `
A key of your organization: live or test as that is. **The secret is shown in this answer and never again**;
here lies its SHA-256 alone. Send it as \`Authorization: Bearer\`.

A key may no more than the one it is made with: **403 insufficient_scope** for scopes that one lacks,
**403 site_restricted** for sites it does not reach. Left out, \`site_ids\` are the maker's own. A field that is
not there is refused, so that a restriction is never lost for a typing error.

**Rotation**: \`replaces\` names a key whose place the new one takes. What is left out is as there, but for
\`expires_at\`. The old one works on for \`overlap_seconds\`, a day unless said otherwise, so that nothing fails
while you change over; \`0\` ends it at once, which is what to do when it has leaked. Both happen or neither.

\`ip_allowlist\` is held against the address that connects to our edge. From elsewhere the key is no key:
**401**, and nothing in the answer tells that it is one. \`api_key.expiring\` comes 14, 7 and 1 days before
\`expires_at\`.

**409 conflict**: there are 200 keys already, or \`replaces\` names the last one that can make keys, for one
that can grant less.`,
  scope: 'admin:write',
  body: NewApiKey,
  status: 201,
  response: ApiKeyView.extend({
    secret: z.string().meta({ description: 'Shown once.', example: apiKeySecretExample }),
    replaced_valid_until: z.iso.datetime().nullable().meta({
      description: 'Until when the key works that was replaced.',
    }),
  }).meta({ id: 'CreatedApiKey' }),
  errors: ['validation_failed', 'site_restricted', 'not_found', 'conflict'],
  location: ({ id }) => `/v1/api-keys?ids=${id}`,
  examples: {
    backend: {
      summary: 'For a backend at known addresses',
      body: {
        name: 'Backend',
        scopes,
        ip_allowlist: ['203.0.113.0/24', '2001:db8:17::/48'],
        expires_at: '2027-05-27T14:10:00Z',
      },
      response: { ...newApiKeyExample, secret: apiKeySecretExample, replaced_valid_until: null },
    },
    site: { summary: 'For one site', body: { name: 'Mall', scopes, site_ids: ['BLR-IND'] } },
    rotation: {
      summary: 'In place of another, which works for two hours more',
      body: { replaces: apiKeyExample.id, overlap_seconds: 7200 },
    },
  },
  recall: 'secret',
  async handle({ body }, ctx) {
    const { key, secret, replacedUntil } = await createApiKey(ctx, body);
    return { ...apiKeyView(ctx, key), secret, replaced_valid_until: replacedUntil };
  },
});

export const handler = serve(endpoint);
