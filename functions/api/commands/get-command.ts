import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { Command } from '#shared/commands/command.ts';
import { completedExample } from '#shared/commands/command-example.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';

export const endpoint = defineEndpoint({
  id: 'getCommand',
  route: 'GET /v1/commands/{command_id}',
  summary: 'Read one command',
  description: `
A command and what became of it. It is \`queued\` until the charger can take it, \`sent\` until the charger
has answered, and then for good \`completed\`, \`rejected\` (the charger said no), \`failed\` (it answered with
an error), \`timed_out\` (no answer within 30 seconds), \`canceled\` or \`expired\` (never sent).

\`result.outcome\` is neutral, the same word whatever the charger speaks; \`ocpp\` holds what went over the
wire, to the letter.`,
  scope: 'commands:read',
  params: z.object({
    command_id: z.string().meta({ example: 'cmd_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN' }),
  }),
  status: 200,
  response: Command,
  errors: ['not_found'],
  examples: {
    completed: {
      summary: 'A reset that was accepted',
      params: { command_id: completedExample.id },
      response: completedExample,
    },
  },
  handle: ({ params }, ctx) => getCommand(ctx, params.command_id),
});

export const handler = serve(endpoint);
