import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { commaList } from '#shared/http/list.ts';
import { ExpandedSession, expandCdrs } from '#shared/sessions/expand-cdr.ts';
import { chargingExample, endedExample } from '#shared/sessions/session-example.ts';
import { getSessionView } from '#shared/sessions/session-view.ts';

export const endpoint = defineEndpoint({
  id: 'getSession',
  route: 'GET /v1/sessions/{session_id}',
  summary: 'Read one session',
  description: `
A session as it stands: energy, power, state of charge, what it has cost so far, and who or what holds
it. While it is open, \`websocket\` leads to its live stream; when it has ended, \`cdr\` tells what is billed.

The statuses: \`starting\` (asked for), \`charging\`, \`suspended\` (plugged in, no energy flows; see
\`suspended_by\`), \`stopping\` (asked to stop), then \`ended\` or \`failed\`, which are final. \`flags\` names
what was odd: a meter that fell back, a clock that could not be right, messages that had to be repaired.

\`resource_version\` is the \`ETag\`. Send it as \`If-None-Match\` to be answered 304 while nothing has changed.`,
  scope: 'sessions:read',
  forDrivers: true,
  params: z.object({
    session_id: z.string().meta({ example: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
  }),
  query: z.object({
    expand: commaList(z.literal('cdr'))
      .optional()
      .meta({ description: '`cdr`: the whole CDR once it has ended.', example: 'cdr' }),
  }),
  status: 200,
  response: ExpandedSession,
  errors: ['not_found'],
  examples: {
    charging: {
      summary: 'A session under way',
      params: { session_id: chargingExample.id },
      response: chargingExample,
    },
    ended: {
      summary: 'A session that has ended',
      params: { session_id: endedExample.id },
      response: endedExample,
    },
  },
  async handle({ params, query }, ctx) {
    const session = await getSessionView(ctx, params.session_id);
    if (!query.expand?.includes('cdr')) return session;
    const [expanded = session] = await expandCdrs(ctx, [session]);
    return expanded;
  },
});

export const handler = serve(endpoint);
