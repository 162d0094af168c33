import { serve } from '#shared/aws/serve-endpoint.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { MonitorsWanted } from '#shared/configuration/monitors-wanted.ts';
import { monitorsChange } from '#shared/configuration/set-monitors.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestPlan } from '#shared/ocpp/requests/request-plan.ts';

const Monitors = MonitorsWanted.extend({ expires_in_seconds: expiresIn }).meta({
  id: 'MonitorsUpdate',
});

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'setChargerMonitors',
  route: 'PUT /v1/chargers/{charger_id}/monitors',
  summary: 'Replace the monitors of a charger',
  description: `
The watches a charger of OCPP 2.0.1 shall keep on its variables. It is one command of several calls: the
\`base\`, where given; the \`level\`, where given; then what was set over this API before and is not among
\`monitors\` is cleared, and what is missing or different is set. What is as it should be is not touched, so
a repeat is cheap. Monitors that were not set over this API stay, unless \`clear_others\`: the charger is then
asked for all it has first, and those that are wired in refuse to go.

When a monitor goes off, \`charger.monitor_triggered\` says so.

\`result.data\` has an outcome for \`base\`, \`level\`, each of \`cleared\` and each of \`monitors\` (with the id the
charger gave it): \`accepted\`, \`unchanged\`, \`rejected\`, \`not_supported\`, \`unknown\` (no such variable),
\`duplicate\`, \`no_answer\`, \`not_sent\`.

**409 capability_not_supported**: the charger keeps no monitors. **422**: two monitors of one variable have
the same type and severity.
${aboutCommands}`,
  scope: 'config:write',
  body: Monitors,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    temperature: {
      summary: 'Tell when it gets hot',
      params: { charger_id: 'BLR-021' },
      body: {
        base: 'all',
        level: 5,
        monitors: [
          {
            component: 'ChargingStation',
            name: 'Temperature',
            type: 'upper_threshold',
            value: 70,
            severity: 2,
          },
        ],
      },
      response: { ...queuedExample, type: 'set_monitors', charger_id: 'BLR-021' },
    },
    none: {
      summary: 'Clear what was set over this API',
      params: { charger_id: 'BLR-021' },
      body: { monitors: [] },
    },
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    const { expires_in_seconds: expiresInSeconds, ...wanted } = body;
    const charger = await getCharger(ctx, chargerId);
    const plan = await monitorsChange(ctx, charger, wanted);
    const command = await requestPlan(ctx, plan, { chargerId, expiresInSeconds });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
