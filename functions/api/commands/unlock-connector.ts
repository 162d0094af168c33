import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';

const Unlock = z
  .object({
    connector: z.int().min(1).max(64).meta({ example: 1 }),
    expires_in_seconds: expiresIn,
  })
  .meta({ id: 'UnlockConnectorRequest' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'unlockConnector',
  route: 'POST /v1/chargers/{charger_id}/commands/unlock-connector',
  summary: 'Release a stuck cable',
  description: `
Opens the lock of a connector: for a cable that stays locked after its session has ended. It is no way to
stop a session: a 2.0.1 charger refuses while one is authorised
(\`ongoing_authorized_transaction\`), a 1.6 charger ends it.

The outcome is \`unlocked\`, \`unlock_failed\`, or \`not_supported\` (no lock: the cable is fixed).

**422**: the charger has no such connector. **409 charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'commands:write',
  body: Unlock,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    unlock: {
      summary: 'Release the cable of connector 1',
      params: { charger_id: 'BLR-014' },
      body: { connector: 1 },
      response: { ...queuedExample, type: 'unlock_connector', connector: 1 },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const { connector, expires_in_seconds: expiresInSeconds } = body;
    const command = await requestCommand(ctx, {
      type: 'unlock_connector',
      chargerId: params.charger_id,
      connector,
      input: {},
      expiresInSeconds,
    });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
