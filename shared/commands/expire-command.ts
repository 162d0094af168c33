import type { Command } from '#shared/commands/command.ts';
import { expired } from '#shared/commands/next-command.ts';
import { findCommand, settleCommand } from '#shared/commands/settle-command.ts';
import { type Context, isoNow } from '#shared/core/context.ts';

/** Ends a command that nobody could send in time. Undefined where it was sent, or ended, meanwhile. */
export async function expireCommand(ctx: Context, id: string): Promise<Command | undefined> {
  const command = await findCommand(ctx, id);
  if (command?.status !== 'queued' || command.expires_at > isoNow(ctx)) return undefined;
  return settleCommand(ctx, id, expired);
}
