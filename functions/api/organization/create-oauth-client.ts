import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { createOauthClient } from '#shared/oauth-clients/create-oauth-client.ts';
import { NewOauthClient } from '#shared/oauth-clients/new-oauth-client.ts';
import {
  clientSecretExample,
  oauthClientExample,
} from '#shared/oauth-clients/oauth-client-example.ts';
import { OauthClientView, oauthClientView } from '#shared/oauth-clients/oauth-client-view.ts';

const scopes = ['chargers:read', 'sessions:read'];

export const endpoint = defineEndpoint({
  id: 'createOauthClient',
  route: 'POST /v1/oauth-clients',
  summary: 'Create an OAuth client',
  description: `
Software that may ask for access tokens at \`/oauth2/token\`. **The secret is shown in this answer and never
again**; here lies its SHA-256 alone.

- A **service** acts in its own name: \`client_credentials\`, always with its secret.
- A **member_app** acts for people of your organization, a **driver_app** for your drivers: authorization code
  with PKCE (S256), and refresh tokens that are replaced at each use. \`confidential: false\` for an app that runs
  on a device or in a browser, where no secret can be kept.

A client may no more than whoever makes it: **403 insufficient_scope** for scopes that one lacks, **403
site_restricted** for sites it does not reach. What people let it do is less where they may less themselves.
\`redirect_uris\` are compared character by character. **409 conflict**: there are 200 clients already.`,
  scope: 'admin:write',
  body: NewOauthClient,
  status: 201,
  response: OauthClientView.extend({
    secret: z.string().nullable().meta({
      description: 'Shown once; null for a public client.',
      example: clientSecretExample,
    }),
  }).meta({ id: 'CreatedOauthClient' }),
  errors: ['validation_failed', 'site_restricted', 'conflict'],
  location: ({ id }) => `/v1/oauth-clients?ids=${id}`,
  examples: {
    service: {
      summary: 'Your own software',
      body: { type: 'service', name: 'Billing', scopes },
      response: { ...oauthClientExample, secret: clientSecretExample },
    },
    dashboard: {
      summary: 'An app for people of your organization, with a backend',
      body: {
        type: 'member_app',
        name: 'Fleet dashboard',
        scopes,
        redirect_uris: ['https://fleet.example.com/callback'],
        allowed_origins: ['https://fleet.example.com'],
      },
    },
    phone: {
      summary: "A driver's app on a phone",
      body: {
        type: 'driver_app',
        name: 'Charge',
        confidential: false,
        scopes: ['locations:read', 'sessions:read', 'sessions:write'],
        redirect_uris: ['com.example.charge:/callback'],
      },
    },
  },
  recall: 'secret',
  async handle({ body }, ctx) {
    const { client, secret } = await createOauthClient(ctx, body);
    return { ...oauthClientView(client), secret };
  },
});

export const handler = serve(endpoint);
