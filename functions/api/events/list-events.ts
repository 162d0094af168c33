import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { EventId } from '#shared/events/event-id.ts';
import { listEvents } from '#shared/events/list-events.ts';
import { TypePattern } from '#shared/events/matches-type.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';

export const endpoint = defineEndpoint({
  id: 'listEvents',
  route: 'GET /v1/events',
  summary: 'List events',
  description: `
What happened in the last 90 days, as webhooks and the live stream tell it. Raw meter samples and the
updates between two webhooks of a session are left out; they are in the session's meter values.

**Newest first**, unless you give \`after\`: then the events that follow that one, oldest first, in the order
of their ids. Who goes on from the last event it was given, page by page or a week later, misses nothing:
with \`after\` an event is shown two seconds after it happened, when no other can come before it any more, and
one that was recorded later still (an outage on our side) takes its place at the end of the log. Events that
webhooks or the live stream brought are fresher than that: to catch up after one of those, begin a little
earlier (\`created_after\`) and know repeats by their id.

\`types\` takes \`session.*\` and \`*\`. With filters a page may be short, or even empty: go on while
\`next_cursor\` is given. Events about objects that your credential may not read are left out.

**410 gone**: \`after\` is older than the log.`,
  scope: 'events:read',
  query: z.object({
    after: EventId.optional().meta({ description: 'The last event you have.' }),
    types: commaList(TypePattern)
      .optional()
      .meta({ description: 'Comma between them.', example: 'session.*,cdr.created' }),
    object_id: z.string().max(64).optional().meta({ description: 'The id of `subject`.' }),
    charger_id: z.string().max(48).optional().meta({ example: 'BLR-014' }),
    session_id: z.string().max(64).optional(),
    site_id: z.string().max(48).optional().meta({ example: 'BLR-IND' }),
    created_after: instant.optional(),
    created_before: instant.optional(),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('events', EventEnvelope).meta({ id: 'EventList' }),
  errors: ['gone'],
  examples: {
    catchUp: {
      summary: 'What I missed',
      query: { after: 'evt_01JWA3QH3M9K2V7T5C8X0N4B6R', types: 'site.*' },
      response: {
        events: [
          {
            id: 'evt_01JWA3R0V6D2M8K4T7C1X5N9B3',
            type: 'site.updated',
            created_at: '2026-05-27T14:05:26.502Z',
            livemode: true,
            api_version: '2026-06-01',
            organization_id: 'demo',
            subject: { object: 'site', id: 'BLR-IND', resource_version: 2 },
            scope: { site_id: 'BLR-IND' },
            data: {
              object: { id: 'BLR-IND', name: 'Indiranagar', status: 'closed' },
              previous: { status: 'open' },
            },
            cause: {
              type: 'api_request',
              ref: 'updateSite',
              request_id: 'req_01JWA3R0TZ6P1Q8W5E2Y7U4I0A',
              idempotency_key: null,
              actor: 'key_01JWA3M7Q4V0T9E6C2X8N5B1RD',
            },
          },
        ],
        total: null,
        next_cursor: null,
      },
    },
    newest: {
      summary: 'The newest about one charger',
      query: { charger_id: 'BLR-014', limit: 10 },
    },
  },
  async handle({ query }, ctx) {
    const { items, ...rest } = await readPage(ctx, 'events', query, async (page) => {
      const { events, next } = await listEvents(ctx, query, page);
      return { items: events, ...(next ? { cursor: next } : {}) };
    });
    return { events: items, ...rest };
  },
});

export const handler = serve(endpoint);
