import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { sessionTimeline, TimelineEntry } from '#shared/sessions/timeline.ts';

export const endpoint = defineEndpoint({
  id: 'getSessionTimeline',
  route: 'GET /v1/sessions/{session_id}/timeline',
  summary: 'Read why a session went as it did',
  description: `
Every step of a session, oldest first, each with its cause: the request and key that asked, or the
message of the charger (\`StartTransaction#...\`), or the clock. It answers "who stopped this?" without a
log in sight. Meter values are no steps; they have a list of their own.`,
  scope: 'sessions:read',
  params: z.object({
    session_id: z.string().meta({ example: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
  }),
  query: z.object(pageQuery),
  status: 200,
  response: listOf('entries', TimelineEntry).meta({ id: 'Timeline' }),
  errors: ['not_found'],
  examples: {
    begun: {
      summary: 'Asked for, and begun',
      params: { session_id: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD' },
      query: {},
      response: {
        entries: [
          {
            at: '2026-05-27T14:03:22.000Z',
            status: 'starting',
            because: 'Start requested.',
            cause: {
              type: 'api_request',
              ref: 'startSession',
              actor: 'key_01JV9W8Q0T6H3M5X7B2K4N1DZC',
            },
          },
          {
            at: '2026-05-27T14:03:31.240Z',
            status: 'charging',
            because: 'The charger began the transaction.',
            cause: { type: 'charger_message', ref: 'StartTransaction#19', actor: 'BLR-014' },
          },
        ],
        total: null,
        next_cursor: null,
      },
    },
  },
  async handle({ params, query }, ctx) {
    const { items, ...rest } = await readPage(ctx, 'timeline', { ...params, ...query }, (page) =>
      sessionTimeline(ctx, params.session_id, page),
    );
    return { entries: items, ...rest };
  },
});

export const handler = serve(endpoint);
