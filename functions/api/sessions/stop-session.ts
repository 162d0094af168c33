import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { stoppingExample } from '#shared/sessions/session-example.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import { stopSession } from '#shared/sessions/stop-session.ts';

export const endpoint = defineEndpoint({
  id: 'stopSession',
  route: 'DELETE /v1/sessions/{session_id}',
  summary: 'Stop charging',
  description: `
Asks the charger to stop: **202** with the session, \`stopping\`. It is \`ended\` when the charger reports
the end with its final meter reading, which is what is billed. Nothing is ever deleted.

Repeats are safe. A session that is over answers **200** and stays as it is; one that has not begun is
canceled on the spot and answers 200, \`failed\`, with \`failure_reason\` \`canceled\`. (Should the charger
begin all the same, it is stopped at once, and what it delivered becomes a session of its own.)

A charger that is offline is asked when it comes back, up to seven days later: \`stop_pending\` is true
until then. One that refuses to stop charges on, and the session is \`charging\` again.`,
  scope: 'sessions:write',
  forDrivers: true,
  params: z.object({
    session_id: z.string().meta({ example: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD' }),
  }),
  query: z.object({
    reason: z
      .enum(['remote', 'payment', 'fault', 'reservation_ended', 'grid_event', 'forced', 'other'])
      .default('remote')
      .meta({ description: 'Kept as `stop_reason`. A driver stops with `remote` alone.' }),
  }),
  status: 202,
  alsoStatus: [200],
  response: SessionView,
  errors: ['not_found'],
  examples: {
    stop: {
      summary: 'Stop a session under way',
      params: { session_id: stoppingExample.id },
      response: stoppingExample,
    },
  },
  async handle({ params, query }, ctx) {
    const session = await stopSession(ctx, params.session_id, query.reason);
    if (session.status !== 'stopping') return withStatus(200, session);
    await dispatchNow(ctx, session.charger_id);
    return session;
  },
});

export const handler = serve(endpoint);
