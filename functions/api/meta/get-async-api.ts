import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { prefers } from '#shared/http/accept.ts';
import { publishedAsyncApi } from '#shared/http/asyncapi/published.ts';
import { defineEndpoint, withMedia, withStatus } from '#shared/http/endpoint.ts';

const YAML = 'application/yaml';
const KEPT = { 'Cache-Control': 'public, max-age=300', Vary: 'Accept' };

export const endpoint = defineEndpoint({
  id: 'getAsyncApi',
  route: 'GET /v1/asyncapi.json',
  summary: 'Get the AsyncAPI document of the live stream',
  description:
    'AsyncAPI 3.0: the address, every frame of client and server, every event that is told live with its schema, limits and close codes. JSON, or YAML where `Accept` asks for `application/yaml`. Needs no credential.',
  scope: 'public',
  status: 200,
  response: z.looseObject({ asyncapi: z.string(), info: z.looseObject({ title: z.string() }) }),
  alsoMedia: [YAML],
  examples: {
    json: {
      summary: 'The document, cut short',
      response: {
        asyncapi: '3.0.0',
        info: { title: 'Magma ChargeSpot live stream', version: '2026-06-01' },
      },
    },
  },
  async handle({ headers }, { urls }) {
    const document = await publishedAsyncApi(urls.live);
    if (!prefers(headers['accept'], YAML, 'application/json'))
      return withStatus(200, document, KEPT);
    const { toYaml } = await import('#shared/http/openapi/to-yaml.ts');
    return withMedia(YAML, toYaml(document), KEPT);
  },
});

export const handler = serve(endpoint);
