import { serve } from '#shared/aws/serve-endpoint.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { completedExample, queuedExample } from '#shared/commands/command-example.ts';
import { configurationRefresh, RefreshInput } from '#shared/configuration/refresh-configuration.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestPlan } from '#shared/ocpp/requests/request-plan.ts';

const Refresh = RefreshInput.extend({ expires_in_seconds: expiresIn }).meta({
  id: 'ConfigurationRefresh',
});

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'refreshChargerConfiguration',
  route: 'POST /v1/chargers/{charger_id}/configuration/refresh',
  summary: 'Read the configuration from a charger',
  description: `
Asks the charger for its settings and keeps what it tells; \`GET …/configuration\` then shows it. Without a
body it reads everything. It is one command, however many calls it takes (\`steps\`): named settings are asked
for as many at a time as the charger takes.

A charger of OCPP 2.0.1 agrees first and then reports in parts: the command is \`completed\` when the last
part has come, in whatever order they came, and \`timed_out\` when parts are missing after 15 minutes; those
that did come are kept. \`result.data\` says how many settings were \`read\` from answers, in how many \`parts\`
reports came, and what the charger \`refused\` to tell (\`unknown\`, \`rejected\`, \`not_supported\`).

**409 capability_not_supported**: components, criteria or monitors of a charger that speaks OCPP 1.6, or a
2.0.1 variable without its component. **422**: \`what\` is \`items\`, and nothing is named. **409
charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'config:write',
  body: Refresh,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    full: {
      summary: 'Everything, monitors too',
      params: { charger_id: 'BLR-014' },
      body: { what: 'full', monitors: true },
      response: { ...queuedExample, type: 'refresh_configuration' },
    },
    named: {
      summary: 'Two keys of an OCPP 1.6 charger',
      params: { charger_id: 'BLR-014' },
      body: { items: [{ name: 'HeartbeatInterval' }, { name: 'NoSuchKey' }] },
      response: {
        ...completedExample,
        type: 'refresh_configuration',
        result: {
          outcome: 'read',
          reason: null,
          data: { read: 1, parts: 0, refused: [{ name: 'NoSuchKey', outcome: 'unknown' }] },
        },
        ocpp: null,
      },
    },
    problems: {
      summary: 'Components with a problem, and all of one component (OCPP 2.0.1)',
      params: { charger_id: 'BLR-021' },
      body: { items: [{ component: 'SmartChargingCtrlr' }], criteria: ['problem'] },
    },
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    const { expires_in_seconds: expiresInSeconds, ...input } = body;
    const charger = await getCharger(ctx, chargerId);
    const plan = await configurationRefresh(ctx, charger, input);
    const command = await requestPlan(ctx, plan, { chargerId, expiresInSeconds });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
