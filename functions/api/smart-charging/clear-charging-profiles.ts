import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { answerQueued } from '#shared/http/answer-queued.ts';
import { aboutCommands, commandCall } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { clearChargingProfiles } from '#shared/smart-charging/clear-charging-profiles.ts';

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'clearChargingProfiles',
  route: 'DELETE /v1/chargers/{charger_id}/charging-profiles',
  summary: 'Clear charging profiles',
  description: `
Makes a charger forget profiles: the one of \`id\`, or all that fit \`purpose\`, \`connector\` and
\`stack_level\` together; without any of them, all that were ever set, a power limit included. Limits that
others than the platform set stay. A charger that has none that fit says so, and the command is done with
the outcome \`none_matched\`.

**422 validation_failed**: no profile of this id is known, or the charger has no such connector. **409
capability_not_supported**: the charger follows no profiles. **409 charger_not_registered**: it has never
connected.
${aboutCommands}`,
  scope: 'energy:write',
  query: z.object({
    id: z
      .string()
      .max(64)
      .optional()
      .meta({ description: 'This one; the rest is then of no account.' }),
    purpose: z.enum(['charger_max', 'default', 'session']).optional(),
    connector: z.coerce.number().int().min(0).max(999).optional().meta({
      description: 'Of this connector; 0: of the whole charger.',
    }),
    stack_level: z.coerce.number().int().min(0).max(1000).optional(),
    expires_in_seconds: z.coerce.number().int().min(1).max(604_800).optional().meta({
      description: 'Seconds the command may wait for its charger; 120 where left out.',
    }),
  }),
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    defaults: {
      summary: 'Those for new sessions on connector 1',
      params: { charger_id: 'BLR-014' },
      query: { purpose: 'default', connector: '1' },
      response: { ...queuedExample, type: 'clear_charging_profiles', connector: 1 },
    },
  },
  async handle({ params, query, headers }, ctx) {
    const { expires_in_seconds, ...asked } = query;
    const id = await clearChargingProfiles(ctx, params.charger_id, asked, expires_in_seconds);
    await dispatchNow(ctx, params.charger_id);
    return answerQueued(ctx, id, headers);
  },
});

export const handler = serve(endpoint);
