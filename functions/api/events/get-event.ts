import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { EventId } from '#shared/events/event-id.ts';
import { exampleEvent } from '#shared/events/example-event.ts';
import { getEvent } from '#shared/events/get-event.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { SiteCreated } from '#shared/sites/events.ts';

const example = exampleEvent(SiteCreated);

export const endpoint = defineEndpoint({
  id: 'getEvent',
  route: 'GET /v1/events/{event_id}',
  summary: 'Read one event',
  description: `
The event as \`GET /v1/events\`, webhooks and the live stream tell it: what you are left with when a webhook was
too large for its body (\`data.truncated\`), or when all you kept is the id. Kept 90 days.

**404 not_found**: there is none of this id, it is older, or your credential may not read what it is about.
Raw meter samples, and updates of a session that only the live stream told of, are in no log.`,
  scope: 'events:read',
  params: z.object({ event_id: EventId }),
  status: 200,
  response: EventEnvelope,
  errors: ['not_found'],
  examples: {
    one: { summary: 'A new site', params: { event_id: example.id }, response: example },
  },
  handle: ({ params }, ctx) => getEvent(ctx, params.event_id),
});

export const handler = serve(endpoint);
