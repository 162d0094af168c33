import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { prefers } from '#shared/http/accept.ts';
import { defineEndpoint, withMedia, withStatus } from '#shared/http/endpoint.ts';
import { publishedDocument, publishedYaml } from '#shared/http/openapi/published.ts';

const YAML = 'application/yaml';
const KEPT = { 'Cache-Control': 'public, max-age=300', Vary: 'Accept' };

export const endpoint = defineEndpoint({
  id: 'getOpenApi',
  route: 'GET /v1/openapi.json',
  summary: 'Get the OpenAPI document of this API',
  description:
    'OpenAPI 3.1, with the webhooks. JSON, or YAML where `Accept` asks for `application/yaml`. Needs no credential.',
  scope: 'public',
  status: 200,
  response: z.looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string() }) }),
  alsoMedia: [YAML],
  examples: {
    json: {
      summary: 'The document, cut short',
      response: {
        openapi: '3.1.0',
        info: { title: 'Magma ChargeSpot API', version: '2026-06-01' },
      },
    },
  },
  handle: async ({ headers }, { urls }) =>
    prefers(headers['accept'], YAML, 'application/json')
      ? withMedia(YAML, await publishedYaml(urls.api), KEPT)
      : withStatus(200, await publishedDocument(urls.api), KEPT),
});

export const handler = serve(endpoint);
