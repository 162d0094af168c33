import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { Command, CommandStatus } from '#shared/commands/command.ts';
import { completedExample } from '#shared/commands/command-example.ts';
import { listCommands } from '#shared/commands/list-commands.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';

export const endpoint = defineEndpoint({
  id: 'listCommands',
  route: 'GET /v1/commands',
  summary: 'List the commands of a charger',
  description: `
What a charger was asked to do, newest first, with what became of it: the commands of this API, raw
calls, and the starts and stops that belong to sessions (\`session_id\`). Kept for 90 days, also for a
charger that has since been retired.

\`charger_id\` is required. A charger that is not there, or not yours, has no commands. A page of a
narrow filter may be short, or even empty: go on while \`next_cursor\` is given.`,
  scope: 'commands:read',
  query: z.object({
    charger_id: z.string().max(48).meta({ description: 'Of this charger.', example: 'BLR-014' }),
    type: commaList(z.string())
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'reset,raw' }),
    status: commaList(CommandStatus)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'queued,sent' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('commands', Command).meta({ id: 'CommandList' }),
  examples: {
    ofOneCharger: {
      summary: 'The commands of one charger',
      query: { charger_id: 'BLR-014' },
      response: { commands: [completedExample], total: null, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { items, ...rest } = await readPage(ctx, 'commands', query, (page) =>
      listCommands(ctx, query, page),
    );
    return { commands: items, ...rest };
  },
});

export const handler = serve(endpoint);
