import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { updatedExample } from '#shared/configuration/configuration-example.ts';
import { configurationUpdate, WantedValues } from '#shared/configuration/update-configuration.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestPlan } from '#shared/ocpp/requests/request-plan.ts';

const Update = z
  .object({ items: WantedValues, expires_in_seconds: expiresIn })
  .meta({ id: 'ConfigurationUpdate' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'updateChargerConfiguration',
  route: 'PATCH /v1/chargers/{charger_id}/configuration',
  summary: 'Change settings of a charger',
  description: `
Sets up to 100 settings, in the order given. It is one command, however many calls it takes: OCPP 1.6 sets
one key a call, 2.0.1 as many variables as the charger says it takes (\`steps\` lists the calls).

\`result.data.items\` has an \`outcome\` for each: \`accepted\`; \`reboot_required\` (in force once the charger
has restarted); \`rejected\`; \`not_supported\`; \`unknown\` (no such component or variable); \`no_answer\`;
\`not_sent\`. The command is \`completed\` when any was accepted, and its \`outcome\` then \`accepted\`,
\`reboot_required\` or \`partly_accepted\`; it is \`rejected\` when none was. A value that is refused does not
hold up the others; a charger that no longer answers does. What was accepted is in the known configuration
at once.

A key of OCPP 1.6 is named by \`name\` alone, a variable of 2.0.1 by \`component\` too: the other way round is
**409 capability_not_supported**. **422**: a setting is named twice, or is a password: those are changed by
rotating the charger's credentials. **409 charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'config:write',
  body: Update,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    keys: {
      summary: 'Two keys of an OCPP 1.6 charger',
      params: { charger_id: 'BLR-014' },
      body: {
        items: [
          { name: 'HeartbeatInterval', value: '300' },
          { name: 'NoSuchKey', value: '1' },
        ],
      },
      response: updatedExample,
    },
    variable: {
      summary: 'A variable of an OCPP 2.0.1 charger',
      params: { charger_id: 'BLR-021' },
      body: {
        items: [{ component: 'OCPPCommCtrlr', name: 'HeartbeatInterval', value: '300' }],
      },
      response: { ...queuedExample, type: 'update_configuration', charger_id: 'BLR-021' },
    },
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    const charger = await getCharger(ctx, chargerId);
    const plan = await configurationUpdate(ctx, charger, body.items);
    const expiresInSeconds = body.expires_in_seconds;
    const command = await requestPlan(ctx, plan, { chargerId, expiresInSeconds });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
