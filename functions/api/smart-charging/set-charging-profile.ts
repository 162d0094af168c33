import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { answerQueued } from '#shared/http/answer-queued.ts';
import { aboutCommands, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { NewChargingProfile } from '#shared/smart-charging/new-charging-profile.ts';
import { setChargingProfile } from '#shared/smart-charging/set-charging-profile.ts';

const Body = NewChargingProfile.extend({ expires_in_seconds: expiresIn }).meta({
  id: 'SetChargingProfileRequest',
});

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'setChargingProfile',
  route: 'POST /v1/chargers/{charger_id}/charging-profiles',
  summary: 'Set a charging profile',
  description: `
Gives a charger limits over time that it follows by itself, offline too: of the whole charger
(\`charger_max\`), of sessions without a profile of their own (\`default\`), or of one session under way
(\`session\`). Limits are in kW or in A per phase; a charger that takes the other unit is told that one, at
230 V and with the phases of the connector, rounded down to a tenth. Until a charger has told its units, kW
is used for direct current and A for alternating. A profile of the same purpose, connector, session and
\`stack_level\` is replaced.

A \`recurring\` one repeats every day or week. With \`local_time\` it keeps to the time of day at its site:
when clocks are changed the charger is told anew.

The highest stack level that a charger has is the platform's own; limits of \`PUT
/v1/chargers/{charger_id}/power-limit\` lead on it. The command is done when the charger agrees;
\`charging_profile.applied\` or \`charging_profile.rejected\` tell the same.

**422 validation_failed**: a profile that contradicts itself; a stack level or number of periods that the
charger does not take; an unknown connector or session. **409 session_not_active**: the session has no
transaction. **409 capability_not_supported**: the charger follows no profiles. **409
charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'energy:write',
  body: Body,
  errors: [
    'not_found',
    'validation_failed',
    'charger_not_registered',
    'capability_not_supported',
    'session_not_active',
  ],
  examples: {
    nightly: {
      summary: 'Full power at night, a third by day, on connector 1',
      params: { charger_id: 'BLR-014' },
      body: {
        purpose: 'default',
        connector: 1,
        kind: 'recurring',
        recurrence: 'daily',
        local_time: '22:00',
        periods: [
          { start_seconds: 0, limit_kw: 22 },
          { start_seconds: 28_800, limit_kw: 7.4 },
        ],
      },
      response: { ...queuedExample, type: 'set_charging_profile', connector: 1 },
    },
    session: {
      summary: 'Sixteen amperes for a session under way',
      params: { charger_id: 'BLR-014' },
      body: {
        purpose: 'session',
        session_id: 'sess_01JWA3M7Q4V0T9E6C2X8N5B1RD',
        periods: [{ start_seconds: 0, limit_a: 16 }],
      },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const { expires_in_seconds, ...profile } = body;
    const id = await setChargingProfile(ctx, params.charger_id, profile, expires_in_seconds);
    await dispatchNow(ctx, params.charger_id);
    return answerQueued(ctx, id, headers);
  },
});

export const handler = serve(endpoint);
