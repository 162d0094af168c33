import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { Command } from '#shared/commands/command.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { newRequestNumber } from '#shared/commands/request-number.ts';
import { findCommand, getCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { DisplayMessage } from '#shared/displays/display-message.ts';
import { transactionToShow } from '#shared/displays/set-display-message.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';

const { message_id, text, format, language, priority, state, session_id } = DisplayMessage.shape;
const common = { expires_in_seconds: expiresIn };

const SetMessage = z.object({
  action: z.literal('set'),
  message_id: message_id.optional().meta({
    description: 'Replaces the message of this number; a new one where left out.',
  }),
  text: text.min(1),
  format: format.default('text'),
  language: language.default(null),
  priority: priority.default('normal'),
  state: state.default(null),
  starts_at: instant.nullable().default(null),
  ends_at: instant.nullable().default(null),
  session_id: session_id.default(null),
  ...common,
});
const ListMessages = z.object({
  action: z.literal('list'),
  message_ids: z.array(message_id).min(1).max(100).optional(),
  priority: priority.optional(),
  state: state.unwrap().optional(),
  ...common,
});
const ClearMessage = z.object({ action: z.literal('clear'), message_id, ...common });

const DisplayRequest = z
  .discriminatedUnion('action', [SetMessage, ListMessages, ClearMessage])
  .meta({ id: 'DisplayMessageRequest' });

const DisplayCommand = Command.extend({
  message_id: z.int().nullable().meta({
    description: 'The number of the message that the command shows or removes; null of a `list`.',
  }),
}).meta({ id: 'DisplayMessageCommand' });

export const endpoint = defineEndpoint({
  ...commandCall,
  response: DisplayCommand,
  id: 'setDisplayMessage',
  route: 'POST /v1/chargers/{charger_id}/commands/display-message',
  summary: 'Show, list or clear messages on the screen of a charger',
  description: `
\`set\` shows a message, or replaces the one of the same number; \`message_id\` is its number. A
screen that cannot show it refuses: \`format_not_supported\`, \`priority_not_supported\`,
\`state_not_supported\`, \`unknown_session\`. \`list\` ends when the charger has told all its messages
that match, in \`result.data.messages\`. \`clear\` removes one; of a number it does not know the charger
says \`unknown\`.

**409 capability_not_supported**: the charger speaks OCPP 1.6, or has no screen (see its
\`capabilities.display\`). **422**: \`session_id\` is of no session that charges here.
${aboutCommands}`,
  scope: 'commands:write',
  body: DisplayRequest,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    closing: {
      summary: 'Say when the garage closes',
      params: { charger_id: 'BLR-014' },
      body: { action: 'set', text: 'Basement closes at 22:00.', priority: 'in_front' },
      response: { ...queuedExample, type: 'set_display_message', message_id: 12 },
    },
    all: {
      summary: 'What does it show?',
      params: { charger_id: 'BLR-014' },
      body: { action: 'list' },
      response: { ...queuedExample, type: 'list_display_messages', message_id: null },
    },
  },
  async recall(ctx, { id }) {
    const { message_id = null } = Numbered.parse((await findCommand(ctx, id))?.input);
    return { ...(await getCommand(ctx, id)), message_id };
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    await getCharger(ctx, chargerId);
    const { expires_in_seconds: expiresInSeconds, ...asked } = body;
    const wanted = await commandFor(ctx, chargerId, asked);
    const command = await requestCommand(ctx, {
      ...wanted,
      chargerId,
      serves: { kind: 'display', id: chargerId },
      expiresInSeconds,
    });
    const answer = await answerCommand(ctx, command, headers);
    const { message_id = null } = Numbered.parse(wanted.input);
    return withStatus(answer.status, { ...answer.body, message_id }, { ...answer.headers });
  },
});

const Numbered = z.object({ message_id: message_id.optional() });
type Asked = Omit<z.output<typeof DisplayRequest>, 'expires_in_seconds'>;

async function commandFor(ctx: Context, chargerId: string, { action, ...asked }: Asked) {
  if (action === 'clear') return { type: 'clear_display_message', input: asked };
  const requestNumber = await newRequestNumber(ctx, chargerId);
  if (action === 'list')
    return {
      type: 'list_display_messages',
      input: { ...asked, request_id: requestNumber },
      requestNumber,
    };
  const { session_id: session, message_id: number = requestNumber } = SetMessage.omit({
    action: true,
  }).parse(asked);
  const transaction_id = await transactionToShow(ctx, chargerId, session);
  return {
    type: 'set_display_message',
    input: { ...asked, message_id: number, transaction_id },
  };
}

export const handler = serve(endpoint);
