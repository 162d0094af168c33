import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { batchExample } from '#shared/command-batches/batch-example.ts';
import { CommandBatch, getBatch } from '#shared/command-batches/command-batch.ts';
import { Command, CommandStatus } from '#shared/commands/command.ts';
import { completedExample } from '#shared/commands/command-example.ts';
import { listCommands } from '#shared/commands/list-commands.ts';
import { AppError } from '#shared/core/errors.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';

export const endpoint = defineEndpoint({
  id: 'listCommands',
  route: 'GET /v1/commands',
  summary: 'List the commands of a charger or a batch',
  description: `
What a charger was asked to do, or the chargers of a batch, newest first, with what became of it: the
commands of this API, raw calls, and the starts and stops that belong to sessions (\`session_id\`). A command
of several calls is one. Kept for 90 days, also for a charger that has since been retired.

\`charger_id\` or \`batch_id\` is required; to follow the commands of all chargers, listen to the events
\`command.*\`. With \`batch_id\` the answer has the \`batch\` too, and how many of its commands stand how. A
charger that is not there, or not yours, has no commands; a batch is **404** then. A page of a narrow filter
may be short, or even empty: go on while \`next_cursor\` is given.`,
  scope: 'commands:read',
  query: z.object({
    charger_id: z
      .string()
      .max(48)
      .optional()
      .meta({ description: 'Of this charger.', example: 'BLR-014' }),
    batch_id: z.string().max(64).optional().meta({ description: 'Of this batch.' }),
    type: commaList(z.string())
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'reset,raw' }),
    status: commaList(CommandStatus)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'queued,sent' }),
    created_after: instant.optional().meta({ description: 'Asked for at or after this instant.' }),
    created_before: instant.optional().meta({ description: 'Asked for before this instant.' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('commands', Command)
    .extend({
      batch: CommandBatch.optional().meta({ description: 'With `batch_id`.' }),
    })
    .meta({ id: 'CommandList' }),
  errors: ['not_found'],
  examples: {
    ofOneCharger: {
      summary: 'The commands of one charger',
      query: { charger_id: 'BLR-014' },
      response: { commands: [completedExample], total: null, next_cursor: null },
    },
    ofOneBatch: {
      summary: 'What of a batch was refused',
      query: { batch_id: 'cba_01JWA3QH3M9K2V7T5C8X0N4B6R', status: 'rejected' },
      response: {
        commands: [{ ...completedExample, batch_id: batchExample.id }],
        total: null,
        next_cursor: null,
        batch: batchExample,
      },
    },
  },
  async handle({ query }, ctx) {
    const { charger_id, batch_id } = query;
    if (!charger_id && !batch_id) throw neither();
    const batch = batch_id ? { batch: await getBatch(ctx, batch_id) } : {};
    const { items, ...rest } = await readPage(ctx, 'commands', query, (page) =>
      listCommands(ctx, query, page),
    );
    return { commands: items, ...rest, ...batch };
  },
});

const neither = () =>
  new AppError('invalid_request', 'Name a charger or a batch.', {
    errors: [{ field: 'charger_id', code: 'required', message: 'Or `batch_id`.' }],
  });

export const handler = serve(endpoint);
