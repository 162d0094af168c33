import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestRaw } from '#shared/ocpp/requests/request-raw.ts';

const RawOcppMessage = z
  .object({
    action: z.string().min(1).max(50).meta({
      description: "A call that OCPP lets the central system make, in the charger's version.",
      example: 'ChangeConfiguration',
    }),
    payload: z.record(z.string(), z.unknown()).meta({
      description: 'The request, spelt as the specification does.',
    }),
    expires_in_seconds: expiresIn,
  })
  .meta({ id: 'RawOcppMessage' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'sendRawOcppMessage',
  route: 'POST /v1/chargers/{charger_id}/commands/raw',
  summary: 'Send a raw OCPP call',
  description: `
Any call to a charger, by its OCPP name, with the payload exactly as given: for what has no operation of
its own, such as reading and changing configuration. The payload is checked against the schema of the
charger's OCPP version first, since a charger may do anything with a wrong one.

**422**: an error per violation (\`payload.key is missing\`), or, on the field \`action\`, a name that the
version does not have or that only chargers send. **409 capability_not_supported**: a call that this
platform does not make yet. **409 charger_not_registered**: the charger has never connected, so its
version is not known.

The effect is yours: a raw call that starts, stops or reconfigures is not checked against anything else.
${aboutCommands}`,
  scope: 'commands:raw',
  body: RawOcppMessage,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    readConfiguration: {
      summary: 'Read a configuration key (1.6)',
      params: { charger_id: 'BLR-014' },
      body: { action: 'GetConfiguration', payload: { key: ['HeartbeatInterval'] } },
      response: { ...queuedExample, type: 'raw' },
    },
    setVariable: {
      summary: 'Set a variable (2.0.1)',
      params: { charger_id: 'BLR-015' },
      body: {
        action: 'SetVariables',
        payload: {
          setVariableData: [
            {
              component: { name: 'OCPPCommCtrlr' },
              variable: { name: 'HeartbeatInterval' },
              attributeValue: '300',
            },
          ],
        },
        expires_in_seconds: 3600,
      },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const { action, payload, expires_in_seconds: expiresInSeconds } = body;
    const chargerId = params.charger_id;
    const command = await requestRaw(ctx, { chargerId, action, payload, expiresInSeconds });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
