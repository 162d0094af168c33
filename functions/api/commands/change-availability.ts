import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';

const Availability = z
  .object({
    availability: z.enum(['operative', 'inoperative']),
    connector: z.int().min(1).max(64).optional().meta({
      description: 'This connector alone; the whole charger where left out.',
      example: 1,
    }),
    evse_id: z.int().min(1).max(999).optional().meta({
      description: 'This EVSE with all its connectors (OCPP 2.0.1). Not together with `connector`.',
    }),
    expires_in_seconds: expiresIn,
  })
  .refine(({ connector, evse_id }) => connector === undefined || evse_id === undefined, {
    message: 'Name a connector or an EVSE, not both.',
    path: ['evse_id'],
  })
  .meta({ id: 'ChangeAvailabilityRequest' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'changeAvailability',
  route: 'POST /v1/chargers/{charger_id}/commands/change-availability',
  summary: 'Open or close a charger or connector',
  description: `
Takes a charger, or one of its connectors, out of service, or brings it back. Where a session is running
the charger waits for its end: the outcome is \`scheduled\` instead of \`accepted\`. The new status arrives
as \`connector.status_changed\`.

**422**: the charger has no such connector. **409 capability_not_supported**: \`evse_id\` for a charger of
OCPP 1.6. **409 charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'commands:write',
  body: Availability,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    closeConnector: {
      summary: 'Close one connector',
      params: { charger_id: 'BLR-014' },
      body: { availability: 'inoperative', connector: 1 },
      response: { ...queuedExample, type: 'change_availability', connector: 1 },
    },
    openCharger: {
      summary: 'Open the whole charger',
      params: { charger_id: 'BLR-014' },
      body: { availability: 'operative' },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const { availability, connector, evse_id, expires_in_seconds: expiresInSeconds } = body;
    const command = await requestCommand(ctx, {
      type: 'change_availability',
      chargerId: params.charger_id,
      connector,
      input: { availability, ...(evse_id === undefined ? {} : { evse_id }) },
      expiresInSeconds,
    });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
