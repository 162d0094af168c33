import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { listMessages } from '#shared/ocpp-log/list-messages.ts';
import { OcppMessage, ocppMessage } from '#shared/ocpp-log/ocpp-message.ts';
import { messageExamples } from '#shared/ocpp-log/ocpp-message-example.ts';

export const endpoint = defineEndpoint({
  id: 'listOcppMessages',
  route: 'GET /v1/chargers/{charger_id}/ocpp-messages',
  summary: 'List the raw OCPP messages of a charger',
  description: `
What the charger and the platform said to each other, message by message, newest first: calls, answers,
errors, and noise that was no message. \`payload\` is what was sent; \`repairs\` tells where it was read
otherwise. An answer names the action of its call, and how long it took.

Passwords are hidden. Kept for 30 days, unless the deployment chose otherwise; how much of it, \`ocpp_log\` of the charger and of
its organization say: \`all\`, only \`errors\` (exchanges with a refused, repaired, unreadable or undelivered
message), or \`off\`. A message shows up some seconds after it was sent.

A page of a narrow filter may be short, or even empty: go on while \`next_cursor\` is given.`,
  scope: 'diagnostics:read',
  params: z.object({ charger_id: z.string().max(48).meta({ example: 'BLR-014' }) }),
  query: z.object({
    action: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'Calls of this action and their answers.', example: 'MeterValues' }),
    direction: z.enum(['from_charger', 'to_charger']).optional(),
    message_id: z
      .string()
      .max(255)
      .optional()
      .meta({ description: 'A call and its answer.', example: '19223201' }),
    error: z
      .stringbool()
      .optional()
      .meta({ description: 'Refused, unreadable, not delivered; or all but these.' }),
    after: instant.optional().meta({ description: 'Later than this.' }),
    before: instant.optional().meta({ description: 'Earlier than this.' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('messages', OcppMessage).meta({ id: 'OcppMessageList' }),
  examples: {
    newest: {
      summary: 'A status of the charger, and its answer',
      params: { charger_id: 'BLR-014' },
      query: { limit: 2 },
      response: { messages: messageExamples, total: null, next_cursor: null },
    },
    errors: {
      summary: 'What went wrong',
      params: { charger_id: 'BLR-014' },
      query: { error: 'true' },
    },
  },
  async handle({ params: { charger_id }, query }, ctx) {
    const filter = { ...query, charger_id };
    const { items, ...rest } = await readPage(ctx, 'listOcppMessages', filter, (page) =>
      listMessages(ctx, filter, page),
    );
    return { messages: items.map((message) => ocppMessage(charger_id, message)), ...rest };
  },
});

export const handler = serve(endpoint);
