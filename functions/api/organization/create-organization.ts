import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { apiKeySecretExample, newApiKeyExample } from '#shared/organizations/api-key-example.ts';
import { ApiKeyView, apiKeyView } from '#shared/organizations/api-key-view.ts';
import { createOrganization, NewOrganization } from '#shared/organizations/create-organization.ts';
import { childExample } from '#shared/organizations/organization-example.ts';
import { OrganizationView, organizationView } from '#shared/organizations/organization-view.ts';

export const endpoint = defineEndpoint({
  id: 'createOrganization',
  route: 'POST /v1/organizations',
  summary: 'Create a child organization',
  description: `
An organization of its own (its chargers, sites, tokens, keys and members are nobody else's) for which yours may
act: send \`Magma-Organization\` with its id, and any request is made there, with the scopes of your credential.
It is live or test as yours is, and begins with the usual settings, and a first API key. **The secret of that key is
shown in this answer and never again**; it may what the credential may that asks.

Its \`id\` begins with yours and a hyphen. A child has no children: **409 conflict**, as for an id that is taken
and more than 200 of them. A credential that is restricted to sites makes none: **403 site_restricted**.`,
  scope: 'admin:write',
  body: NewOrganization,
  status: 201,
  response: OrganizationView.extend({
    api_key: ApiKeyView.extend({
      secret: z.string().meta({ description: 'Shown once.', example: apiKeySecretExample }),
    }),
  }).meta({ id: 'CreatedOrganization' }),
  errors: ['validation_failed', 'site_restricted', 'conflict'],
  recall: 'secret',
  location: ({ id }) => `/v1/organizations?ids=${id}`,
  examples: {
    north: {
      summary: 'A franchise',
      body: { id: 'main-north', name: 'Volt Charging North' },
      response: {
        ...childExample,
        api_key: { ...newApiKeyExample, name: 'First key', secret: apiKeySecretExample },
      },
    },
  },
  async handle({ body }, ctx) {
    const { organization, key, secret } = await createOrganization(ctx, body);
    return { ...organizationView(organization), api_key: { ...apiKeyView(ctx, key), secret } };
  },
});

export const handler = serve(endpoint);
