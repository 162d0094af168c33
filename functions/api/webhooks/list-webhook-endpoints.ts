import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { listWebhookEndpoints } from '#shared/webhooks/manage-endpoints.ts';
import { showEndpoint } from '#shared/webhooks/show-endpoint.ts';
import { WebhookEndpointView } from '#shared/webhooks/webhook-endpoint.ts';
import { webhookExample } from '#shared/webhooks/webhook-example.ts';

export const endpoint = defineEndpoint({
  id: 'listWebhookEndpoints',
  route: 'GET /v1/webhook-endpoints',
  summary: 'List webhook endpoints',
  description: `
Newest first, each with its health: the share of attempts that succeeded today and yesterday, since when
everything has failed, and why it was disabled. Secrets are not shown.`,
  scope: 'webhooks:read',
  query: z.object({ status: z.enum(['enabled', 'disabled']).optional(), ...pageQuery }),
  status: 200,
  response: listOf('webhook_endpoints', WebhookEndpointView).meta({ id: 'WebhookEndpointList' }),
  examples: {
    all: {
      summary: 'All endpoints',
      query: {},
      response: { webhook_endpoints: [webhookExample], total: 1, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const all = await listWebhookEndpoints(ctx);
    const matching = all.filter(({ status }) => !query.status || status === query.status);
    const { items, ...rest } = await readPage(ctx, 'webhook_endpoints', query, async (page) => {
      const left = matching.filter(({ id }) => !page.cursor || id < page.cursor);
      const items = left.slice(0, page.limit);
      const last = left.length > items.length ? items.at(-1) : undefined;
      return { items, total: matching.length, ...(last ? { cursor: last.id } : {}) };
    });
    const webhook_endpoints = await Promise.all(items.map((item) => showEndpoint(ctx, item)));
    return { webhook_endpoints, ...rest };
  },
});

export const handler = serve(endpoint);
