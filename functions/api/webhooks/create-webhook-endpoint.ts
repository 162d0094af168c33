import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { createWebhookEndpoint } from '#shared/webhooks/manage-endpoints.ts';
import { showEndpoint } from '#shared/webhooks/show-endpoint.ts';
import { NewWebhookEndpoint, WebhookEndpointView } from '#shared/webhooks/webhook-endpoint.ts';
import { newWebhookExample, secretExample } from '#shared/webhooks/webhook-example.ts';

export const endpoint = defineEndpoint({
  id: 'createWebhookEndpoint',
  route: 'POST /v1/webhook-endpoints',
  summary: 'Create a webhook endpoint',
  description: `
From now on every event that matches is posted to \`url\`: the envelope of \`GET /v1/events\`, signed as
[Standard Webhooks](https://www.standardwebhooks.com) has it. \`webhook-id\` is the event's id,
\`webhook-signature\` is \`v1,\` and the Base64 HMAC-SHA256 of \`id.timestamp.body\` under the bytes that
\`secret\` holds in Base64 after \`whsec_\`. **The secret is shown in this answer and never again.**

Answer with any 2xx within 10 seconds. Anything else, a redirect too, is tried again 5 seconds, 5 and 30
minutes, 2, 5, 10, 14, 20 and 24 hours later, up to a fifth longer each, and then given up. \`Retry-After\`
is honoured on 429 and 503. **410 disables the endpoint**, and so do 5 days without a success.

Order is not guaranteed: drop an event whose \`resource_version\` is not above the one you hold. A repeat is
possible: know it by \`webhook-id\`.

\`event_types\` takes types, \`session.*\` and \`*\`; \`filter\` keeps to sites, chargers and the sites of vendors. Live endpoints need
HTTPS and a public address, which is checked at each delivery after the name was resolved; test endpoints
may be \`http://\` and on loopback.

**An endpoint is sent what the credential that makes it may read**, by scopes and sites, and no more, whatever
its \`event_types\` say: \`reach\` tells. Only a credential that reads as much can change it later.

An event of more than 256 KB is sent without its object: \`data.truncated\` is true, \`data.url\` answers it.

**403 insufficient_scope**: the credential may read none of these events. **422 validation_failed**: the URL may
not be called, or there is no such type. **409 conflict**: there are 50 already.`,
  scope: 'webhooks:write',
  body: NewWebhookEndpoint,
  status: 201,
  response: WebhookEndpointView.extend({
    secret: z.string().meta({ description: 'Shown once.', example: secretExample }),
  }).meta({ id: 'CreatedWebhookEndpoint' }),
  errors: ['conflict', 'validation_failed', 'insufficient_scope'],
  location: ({ id }) => `/v1/webhook-endpoints/${id}`,
  examples: {
    all: {
      summary: 'Everything',
      body: {
        url: 'https://example.com/hooks/charging',
        event_types: ['*'],
        description: 'Billing',
      },
      response: { ...newWebhookExample, secret: secretExample },
    },
    some: {
      summary: 'Sessions and CDRs of one site',
      body: {
        url: 'https://example.com/hooks/charging',
        event_types: ['session.*', 'cdr.created'],
        filter: { site_id: ['BLR-IND'] },
      },
    },
  },
  recall: 'secret',
  async handle({ body }, ctx) {
    await import('#shared/catalogue/event-types.ts');
    const { endpoint, secret } = await createWebhookEndpoint(ctx, body);
    return { ...(await showEndpoint(ctx, endpoint)), secret };
  },
});

export const handler = serve(endpoint);
