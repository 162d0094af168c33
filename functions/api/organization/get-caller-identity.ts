import { serve } from '#shared/aws/serve-endpoint.ts';
import { CallerIdentity, identifyCaller } from '#shared/http/caller-identity.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'getCallerIdentity',
  route: 'GET /v1/whoami',
  summary: 'See who you are',
  description:
    'The organization behind your credential, whether you see test or live data, what you may do and on which sites, and how many requests you have left. Any valid credential may ask.',
  scope: 'any',
  forDrivers: true,
  status: 200,
  response: CallerIdentity,
  examples: {
    sandbox: {
      summary: 'A key of the sandbox',
      response: {
        organization_id: 'demo',
        organization_name: 'Demo Charging',
        home_organization_id: null,
        livemode: false,
        credential: { type: 'api_key', id: 'key_01JWA3M7Q4V0T9E6C2X8N5B1RD', client_id: null },
        scopes: ['chargers:read', 'sessions:read', 'sessions:write'],
        site_ids: null,
        rate_limit: { policy: 'default', limit: 1000, window_seconds: 60, remaining: 987 },
        api_version: '2026-06-01',
        deprecated_operations: [],
      },
    },
  },
  handle: async (_, ctx) => identifyCaller(ctx),
});

export const handler = serve(endpoint);
