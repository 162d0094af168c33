import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { answerQueued } from '#shared/http/answer-queued.ts';
import { aboutCommands, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { PowerLimit, setPowerLimit } from '#shared/smart-charging/power-limit.ts';

const Body = PowerLimit.extend({ expires_in_seconds: expiresIn }).meta({
  id: 'PowerLimitRequest',
});

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'setChargerPowerLimit',
  route: 'PUT /v1/chargers/{charger_id}/power-limit',
  summary: 'Cap the power of a charger',
  description: `
A simple cap, of the whole charger or of one connector, in kW, in A per phase, or in percent of what it is
rated for; until \`expires_at\`, or until it is lifted with \`limit: null\`. It replaces the cap before it, and
leads over profiles of the same kind. A session under way on a connector is capped with it, by a command
of its own; what its vehicle asked for is kept to within the cap.

The command is done when the charger agrees; \`charging_profile.applied\` or
\`charging_profile.rejected\` tell the same.

**422 validation_failed**: an unknown connector, a percentage where the rated power is not known, an
\`expires_at\` that has passed. **409 capability_not_supported**: the charger follows no profiles. **409
charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'energy:write',
  body: Body,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    halfUntilSix: {
      summary: 'Half the rated power until six',
      params: { charger_id: 'BLR-014' },
      body: { limit: { percent: 50 }, expires_at: '2026-05-27T18:00:00Z' },
      response: { ...queuedExample, type: 'set_charging_profile' },
    },
    lift: {
      summary: 'No limit any more',
      params: { charger_id: 'BLR-014' },
      body: { limit: null },
      response: { ...queuedExample, type: 'clear_charging_profiles' },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const { expires_in_seconds, ...asked } = body;
    const id = await setPowerLimit(ctx, params.charger_id, asked, expires_in_seconds);
    await dispatchNow(ctx, params.charger_id);
    return answerQueued(ctx, id, headers);
  },
});

export const handler = serve(endpoint);
