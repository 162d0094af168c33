import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import { answerCommand, commandCall } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { syncLocalList } from '#shared/local-lists/start-sync.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';

const Sync = z
  .object({
    mode: z.enum(['full', 'differential']).optional().meta({
      description:
        '`differential` sends what has changed, `full` everything. Left out, or where the charger does not have what we believe: what is possible.',
    }),
    expires_in_seconds: z.int().min(1).max(604_800).default(3600).meta({
      description: 'Seconds a charger that is offline is waited for, at first and in between.',
      example: 3600,
    }),
  })
  .meta({ id: 'SyncLocalListRequest' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'syncLocalAuthList',
  route: 'POST /v1/chargers/{charger_id}/local-list/sync',
  summary: 'Bring the token list of a charger up to date',
  description: `
A charger can keep a list of tokens that may charge, and decides by it while it is offline. On it are the
organization's own tokens that the charger's site lets in; where the site's (or the organization's)
\`local_list\` is \`labels\`, those with one of \`access.driver_labels\`. A charger has room for so many;
what is left out is counted.

After the first sync the list is kept up to date by itself: when tokens or the site change, the differences
follow within a minute or two, or when the charger is back.

One command stands for all it takes: the charger is asked for the version of its list, and then gets the
differences, or the whole list where it has another version than we believe or refuses the differences;
each message is one of its \`steps\`. A charger that goes offline in the middle is gone on with when it is
back. The result's \`data\` has \`mode\`, \`version\`, \`entries\`, \`left_out\` and \`sent\`; the event is
\`local_list.synced\`. A sync that is under way is joined: the answer is its command.

**409 conflict**: differences are being sent, and a full list was asked for. **409
capability_not_supported**: the charger keeps no list. **409 charger_not_registered**: it has never
connected. With \`Prefer: wait=N\` (1 to 20 seconds) the answer waits for the end: **200** with the finished
command, or 202 when it takes longer.`,
  scope: 'tokens:write',
  body: Sync,
  errors: ['not_found', 'conflict', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    sync: {
      summary: 'Whatever is needed',
      params: { charger_id: 'BLR-014' },
      body: {},
      response: { ...queuedExample, type: 'sync_local_list' },
    },
    anew: {
      summary: 'Everything anew',
      params: { charger_id: 'BLR-014' },
      body: { mode: 'full' },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const { charger_id: chargerId } = params;
    const { mode, expires_in_seconds: expiresInSeconds } = body;
    const { id } = await syncLocalList(ctx, { chargerId, mode, expiresInSeconds });
    await dispatchNow(ctx, chargerId);
    return answerCommand(ctx, await getCommand(ctx, id), headers);
  },
});

export const handler = serve(endpoint);
