import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { Command } from '#shared/commands/command.ts';
import { completedExample, queuedExample } from '#shared/commands/command-example.ts';
import { doneCommand } from '#shared/commands/done-command.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { whOfKwh } from '#shared/core/units.ts';
import { aboutCommands, answerCommand } from '#shared/http/command-call.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { forceEnd, reconcileSession } from '#shared/sessions/reconcile-session.ts';
import { getSession } from '#shared/sessions/session-view.ts';

const Reconcile = z
  .object({
    force: z
      .object({
        meter_stop_kwh: z.number().min(0).max(1_000_000_000).meta({
          description: 'What the meter shows, or showed at the end.',
          example: 1246.3,
        }),
        ended_at: instant.optional().meta({
          description: 'When charging ended; the time of the last reading where left out.',
        }),
      })
      .optional()
      .meta({ description: 'Closes the session with this, whatever the charger says.' }),
  })
  .meta({ id: 'ReconcileRequest' });

const sessionId = 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD';

export const endpoint = defineEndpoint({
  id: 'reconcileSession',
  route: 'POST /v1/sessions/{session_id}/reconcile',
  summary: 'Find out what became of a stuck session, or close it',
  description: `
For a session that goes on in the books only. Without \`force\` the charger is asked. One of OCPP 2.0.1
says whether the transaction goes on (\`ongoing\`), has messages under way (\`messages_queued\`: wait for
them) or is over (\`finished\`): then the session ends at its last reading, flagged \`end_assumed\`. One of
OCPP 1.6 is asked for the status of the connector; what it answers has its usual effect.

With \`force\` the session is closed at once with the reading you state, \`stop_reason\` \`forced\`, flagged
\`end_stated\`, and its CDR follows. Should the charger report the end after all, that is kept with the
session and changes nothing.

**409 session_not_active**: it has not begun, or is over. **422**: the reading is below one the meter has
shown already, or the time lies before the start or in the future.
${aboutCommands}`,
  scope: 'sessions:write',
  params: z.object({ session_id: z.string().meta({ example: sessionId }) }),
  body: Reconcile,
  status: 202,
  alsoStatus: [200],
  mayWait: true,
  response: Command,
  location: ({ id }: Command) => `/v1/commands/${id}`,
  errors: ['not_found', 'validation_failed', 'session_not_active'],
  examples: {
    ask: {
      summary: 'Ask the charger',
      params: { session_id: sessionId },
      body: {},
      response: { ...queuedExample, type: 'check_transaction', session_id: sessionId },
    },
    force: {
      summary: 'Close it with the reading on the meter',
      params: { session_id: sessionId },
      body: { force: { meter_stop_kwh: 1246.3 } },
      response: {
        ...completedExample,
        type: 'reconcile_session',
        sent_at: null,
        answered_at: null,
        result: { outcome: 'forced', reason: null, data: null },
        ocpp: null,
        session_id: sessionId,
        resource_version: 1,
      },
    },
  },
  recall: (ctx, { kind, id }, { params, body }) =>
    kind === 'command' ? getCommand(ctx, id) : forced(ctx, params.session_id, body.force ?? {}),
  async handle({ params: { session_id: id }, body: { force }, headers }, ctx) {
    const { session } = await getSession(ctx, id);
    const { charger_id: chargerId } = session;
    if (force) {
      const { meter_stop_kwh: kwh, ended_at: endedAt } = force;
      await forceEnd(ctx, id, { meterStopWh: whOfKwh(kwh), endedAt });
      return forced(ctx, id, force);
    }
    const command = await reconcileSession(ctx, id);
    await dispatchNow(ctx, chargerId);
    return answerCommand(ctx, await getCommand(ctx, command.id), headers);
  },
});

async function forced(ctx: Context, sessionId: string, input: object) {
  const { session } = await getSession(ctx, sessionId);
  const asked = {
    type: 'reconcile_session',
    chargerId: session.charger_id,
    sessionId,
    input: { ...input },
  };
  return withStatus(200, await doneCommand(ctx, asked, 'forced', session.site_id));
}

export const handler = serve(endpoint);
