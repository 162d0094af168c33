import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { completedExample, queuedExample } from '#shared/commands/command-example.ts';
import { resetConnection } from '#shared/commands/reset-connection.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';

const Reset = z
  .object({
    type: z.enum(['soft', 'hard', 'connection']).meta({
      description:
        '`soft`: restart gracefully. `hard`: restart now. `connection`: drop the socket only.',
    }),
    evse_id: z.int().min(1).max(999).optional().meta({
      description: 'Reset one EVSE alone (OCPP 2.0.1).',
    }),
    expires_in_seconds: expiresIn,
  })
  .meta({ id: 'ResetRequest' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'resetCharger',
  route: 'POST /v1/chargers/{charger_id}/commands/reset',
  summary: 'Restart a charger',
  description: `
A \`soft\` reset lets running sessions end first (OCPP 2.0.1) or ends them in order (1.6), a \`hard\` one
restarts at once. \`connection\` leaves the charger alone and drops its socket, so that it connects anew:
done at once, and **409 charger_offline** where there is no socket.

**409 capability_not_supported**: \`evse_id\` for a charger that speaks OCPP 1.6. **409
charger_not_registered**: the charger has never connected.
${aboutCommands}`,
  scope: 'commands:write',
  body: Reset,
  errors: ['not_found', 'charger_offline', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    soft: {
      summary: 'Restart gracefully',
      params: { charger_id: 'BLR-014' },
      body: { type: 'soft' },
      response: queuedExample,
    },
    connection: {
      summary: 'Drop the socket',
      params: { charger_id: 'BLR-014' },
      body: { type: 'connection' },
      response: {
        ...completedExample,
        sent_at: null,
        answered_at: null,
        completed_at: completedExample.queued_at,
        result: { outcome: 'connection_closed', reason: null, data: null },
        ocpp: null,
        updated_at: completedExample.queued_at,
        resource_version: 1,
      },
    },
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    const { type, evse_id, expires_in_seconds: expiresInSeconds } = body;
    const command =
      type === 'connection'
        ? await resetConnection(ctx, chargerId)
        : await requestCommand(ctx, {
            type: 'reset',
            chargerId,
            input: { type, ...(evse_id === undefined ? {} : { evse_id }) },
            expiresInSeconds,
          });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
