import * as z from 'zod';
import type { StoredCommand } from '#shared/commands/command.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { keys } from '#shared/db/keys.ts';
import { DisplayMessage, displayItem } from '#shared/displays/display-message.ts';
import { findSession } from '#shared/sessions/session-view.ts';

/** A message as the command that sets it holds it: with the transaction of its session. */
export const MessageInput = DisplayMessage.extend({ transaction_id: z.string().nullable() });
export type MessageInput = z.infer<typeof MessageInput>;

/** The transaction a message is bound to. Throws validation_failed unless the session charges here. */
export async function transactionToShow(
  ctx: Context,
  chargerId: string,
  sessionId: string | null,
): Promise<string | null> {
  if (sessionId === null) return null;
  const whole = await findSession(ctx, sessionId);
  const here = whole?.session.charger_id === chargerId;
  if (here && whole.live.transaction_id && whole.live.ended_at === null)
    return whole.live.transaction_id;
  throw new AppError('validation_failed', 'No such session charges at this charger.', {
    errors: [{ field: 'session_id', code: 'not_found', message: 'No such session charges here.' }],
  });
}

/** The charger took a message, or removed one: what its screen shows is kept. */
export async function displayChanged(ctx: Context, command: StoredCommand): Promise<void> {
  const { type, status, charger_id, input, result } = command;
  if (type === 'set_display_message' && status === 'completed') {
    const message = DisplayMessage.parse(input);
    await ctx.table.write([{ op: 'put', item: displayItem(ctx, charger_id, message) }]);
  }
  const gone = status === 'completed' || result?.outcome === 'unknown';
  if (type === 'clear_display_message' && gone) {
    const { message_id } = DisplayMessage.pick({ message_id: true }).parse(input);
    const key = keys.displayMessage(ctx.tenantId, charger_id, message_id);
    await ctx.table.write([{ op: 'delete', key }]);
  }
}
