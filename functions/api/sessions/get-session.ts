import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { chargingExample, endedExample } from '#shared/sessions/session-example.ts';
import { getSessionView, SessionView } from '#shared/sessions/session-view.ts';

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
  params: z.object({
    session_id: z.string().meta({ example: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
  }),
  status: 200,
  response: SessionView,
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
  handle: ({ params }, ctx) => getSessionView(ctx, params.session_id),
});

export const handler = serve(endpoint);
