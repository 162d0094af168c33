import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { TriggerInput } from '#shared/ocpp/inputs/neutral-input.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';

const Trigger = z
  .object({
    message: TriggerInput.shape.message.meta({
      description: 'What the charger should send now.',
      example: 'status',
    }),
    connector: z.int().min(1).max(64).optional().meta({
      description: 'About this connector; about all, or the charger itself, where left out.',
      example: 1,
    }),
    expires_in_seconds: expiresIn,
  })
  .meta({ id: 'TriggerMessageRequest' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'triggerMessage',
  route: 'POST /v1/chargers/{charger_id}/commands/trigger-message',
  summary: 'Ask a charger for a message now',
  description: `
Makes a charger say what it would otherwise say in its own time: boot, heartbeat, status, meter values,
the state of a firmware update or of a log upload, or a certificate signing request. The command is done
when the charger agrees; the message itself follows, and has its usual effect (a status, for instance,
arrives as \`connector.status_changed\` if it is news).

**409 capability_not_supported**: \`v2g_certificate_signing\` of a charger that speaks OCPP 1.6,
or another message it has no trigger for. **422**: the
charger has no such connector. **409 charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'commands:write',
  body: Trigger,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    status: {
      summary: 'The status of connector 1',
      params: { charger_id: 'BLR-014' },
      body: { message: 'status', connector: 1 },
      response: { ...queuedExample, type: 'trigger_message', connector: 1 },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const { message, connector, expires_in_seconds: expiresInSeconds } = body;
    const command = await requestCommand(ctx, {
      type: 'trigger_message',
      chargerId: params.charger_id,
      connector,
      input: { message },
      expiresInSeconds,
    });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
