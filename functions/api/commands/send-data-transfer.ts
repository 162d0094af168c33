import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';

const DataTransfer = z
  .object({
    vendor_id: z.string().min(1).max(255).meta({
      description: "The vendor's reversed domain, as its manual says.",
      example: 'com.example',
    }),
    message_id: z.string().min(1).max(50).optional().meta({ example: 'SetBrightness' }),
    data: z.unknown().optional().meta({
      description: 'Text or JSON. OCPP 1.6 carries text alone: anything else goes as its JSON.',
    }),
    expires_in_seconds: expiresIn,
  })
  .meta({ id: 'DataTransferRequest' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'sendDataTransfer',
  route: 'POST /v1/chargers/{charger_id}/commands/data-transfer',
  summary: 'Send a vendor-specific message',
  description: `
What OCPP has no message for, vendors do by DataTransfer; the manual of the charger names the ids. What
the charger answers is in \`result.data\`. One that does not know the ids refuses:
\`unknown_vendor_id\`, \`unknown_message_id\`.

**409 charger_not_registered**: the charger has never connected.
${aboutCommands}`,
  scope: 'commands:write',
  body: DataTransfer,
  errors: ['not_found', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    brightness: {
      summary: 'Dim a display',
      params: { charger_id: 'BLR-014' },
      body: { vendor_id: 'com.example', message_id: 'SetBrightness', data: { percent: 40 } },
      response: { ...queuedExample, type: 'data_transfer' },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const { expires_in_seconds: expiresInSeconds, ...input } = body;
    const command = await requestCommand(ctx, {
      type: 'data_transfer',
      chargerId: params.charger_id,
      input,
      expiresInSeconds,
    });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
