import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import { checkHealth, Health } from '#shared/meta/health.ts';

export const endpoint = defineEndpoint({
  id: 'getHealth',
  route: 'GET /v1/health',
  summary: 'Ask whether the platform works',
  description:
    'For load balancers and status pages: 200 while everything works, 503 with the same body when a part does not. Needs no credential and is never limited.',
  scope: 'public',
  status: 200,
  alsoStatus: [503],
  response: Health,
  examples: {
    well: {
      summary: 'Everything works',
      response: {
        status: 'ok',
        checked_at: '2026-05-27T14:03:22.000Z',
        components: [{ name: 'storage', status: 'ok' }],
      },
    },
  },
  handle: async (_, ctx) => {
    const health = await checkHealth(ctx);
    return health.status === 'ok' ? health : withStatus(503, health);
  },
});

export const handler = serve(endpoint);
