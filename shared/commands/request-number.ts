import type { StoredCommand } from '#shared/commands/command.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

/** A positive number that names one request to this charger in the messages that follow it; never reused. */
export async function newRequestNumber(ctx: Context, chargerId: string): Promise<number> {
  const number = await ctx.table.increment(keys.requestNumber(ctx.tenantId, chargerId), 'last');
  if (number === undefined) throw new Error('A request number has no upper bound.');
  return number;
}

/** The command that went out under this number; undefined for a number nobody gave. */
export async function findByRequestNumber(
  ctx: Context,
  chargerId: string,
  number: number,
): Promise<StoredCommand | undefined> {
  if (!Number.isSafeInteger(number) || number < 0) return undefined;
  const item = await ctx.table.get(keys.numberedRequest(ctx.tenantId, chargerId, number));
  return item && findCommand(ctx, String(item['command_id']));
}
