import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { batchExample } from '#shared/command-batches/batch-example.ts';
import { batchInputs } from '#shared/command-batches/batch-types.ts';
import { CommandBatch, getBatch } from '#shared/command-batches/command-batch.ts';
import { createBatch } from '#shared/command-batches/create-batch.ts';
import { isCaller } from '#shared/core/caller.ts';
import { requireScope } from '#shared/http/authorize.ts';
import { batchFields } from '#shared/http/batch-fields.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

const of = <T extends keyof typeof batchInputs>(type: T) =>
  z.object({ type: z.literal(type), input: batchInputs[type], ...batchFields });

/** What the operation of the same command for one charger needs, where that is more. */
const alsoNeeded: Readonly<Record<string, string>> = {
  update_configuration: 'config:write',
  refresh_configuration: 'config:write',
  set_monitors: 'config:write',
};

const NewCommandBatch = z
  .discriminatedUnion('type', [
    of('reset'),
    of('change_availability'),
    of('unlock_connector'),
    of('clear_cache').extend({ input: batchInputs.clear_cache.default({}) }),
    of('trigger_message'),
    of('data_transfer'),
    of('update_configuration'),
    of('refresh_configuration').extend({
      input: batchInputs.refresh_configuration.prefault({}),
    }),
    of('set_monitors'),
  ])
  .meta({ id: 'NewCommandBatch' });

export const endpoint = defineEndpoint({
  id: 'createCommandBatch',
  route: 'POST /v1/command-batches',
  summary: 'Send one command to many chargers',
  description: `
Gives each of up to 1,000 chargers the same command, \`concurrency\` of them at a time: as one ends, the next
begins. \`input\` is what the operation of that command takes for one charger. Chargers are named, or found
by a filter as it matches now.

Every charger gets a command of its own with the \`batch_id\`, also one that is not there, is out of this
credential's reach, or cannot do what is asked: its command is \`rejected\`, and says why. A charger that is
away when its turn comes holds up no other: its command waits for it, for \`expires_in_seconds\`.

When more than \`max_failures\`, or \`max_failure_percent\` of all, were rejected, failed, timed out or expired,
the batch stops: what was not sent is \`canceled\`, what was sent may still end. Without a limit it goes on to
the last charger. \`GET /v1/commands?batch_id=\` lists the commands and says how many stand how;
\`command_batch.completed\` tells when all have ended.

Settings and monitors need \`config:write\` besides, as they do for one charger.

**422 validation_failed**: no charger matches, more than 1,000 do, or a setting is a password.`,
  scope: 'commands:write',
  body: NewCommandBatch,
  status: 202,
  response: CommandBatch,
  errors: ['validation_failed'],
  location: ({ id }) => `/v1/commands?batch_id=${id}`,
  examples: {
    nightlyReset: {
      summary: 'Restart a site, two at a time, and stop at the first failure',
      body: {
        type: 'reset',
        input: { type: 'soft' },
        filter: { site_id: 'BLR-IND' },
        concurrency: 2,
        max_failures: 0,
        expires_in_seconds: 3600,
      },
      response: batchExample,
    },
    setting: {
      summary: 'One setting of some chargers',
      body: {
        type: 'update_configuration',
        input: { items: [{ name: 'HeartbeatInterval', value: '300' }] },
        charger_ids: ['BLR-014', 'BLR-015'],
      },
    },
  },
  recall: (ctx, { id }) => getBatch(ctx, id),
  handle({ body }, ctx) {
    if (isCaller(ctx.actor)) requireScope(ctx.actor, alsoNeeded[body.type] ?? 'any');
    return createBatch(ctx, body);
  },
});

export const handler = serve(endpoint);
