import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { cancelCommand } from '#shared/commands/cancel-command.ts';
import { Command, type StoredCommand } from '#shared/commands/command.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { findCommand, getCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'cancelCommand',
  route: 'POST /v1/commands/{command_id}/cancel',
  summary: 'Cancel a command that waits',
  description: `
Takes a command back that has not been sent yet, as one for a charger that is away. It is then \`canceled\`,
for good. Of a command of several calls (\`steps\`) what was not sent yet is taken back, and \`result.data\`
says what was done before; between two calls, too, it waits.

What was sent cannot be taken back: **409 conflict**, also for a command that has ended, and for one call of
a command of several.`,
  scope: 'commands:write',
  params: z.object({
    command_id: z.string().meta({ example: 'cmd_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN' }),
  }),
  status: 200,
  response: Command,
  errors: ['not_found', 'conflict'],
  examples: {
    waiting: {
      summary: 'A reset of a charger that is away',
      params: { command_id: queuedExample.id },
      response: {
        ...queuedExample,
        status: 'canceled',
        completed_at: '2026-05-27T14:04:02.000Z',
        result: { outcome: 'canceled', reason: 'It was canceled.', data: null },
        updated_at: '2026-05-27T14:04:02.000Z',
        resource_version: 2,
      },
    },
  },
  async recall(ctx, _done, { params }) {
    const waited = await findCommand(ctx, params.command_id);
    if (waited) await followNow(ctx, waited);
    return getCommand(ctx, params.command_id);
  },
  async handle({ params }, ctx) {
    const waited = await cancelCommand(ctx, params.command_id);
    // A plan hears of it now, and the command asked for ends with that; so does a session. Any other
    // follower has time.
    if (waited.part_of || waited.session_id) await followNow(ctx, waited);
    return getCommand(ctx, params.command_id);
  },
});

/** Followers know of certificates and much else: they are loaded when there is need. */
async function followNow(ctx: Context, step: StoredCommand): Promise<void> {
  const { followCommand } = await import('#shared/catalogue/command-followers.ts');
  await followCommand(ctx, step);
}

export const handler = serve(endpoint);
