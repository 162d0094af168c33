import { isTerminal, type StoredCommand } from '#shared/commands/command.ts';
import { findByRequestNumber } from '#shared/commands/request-number.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import {
  DisplayMessage,
  displayItem,
  displayMessagesOf,
} from '#shared/displays/display-message.ts';

interface DisplayReport {
  readonly request: number;
  readonly messages: readonly DisplayMessage[];
  /** More parts follow. */
  readonly more: boolean;
}

/**
 * Takes a part of what a charger says its screen shows. Parts may come twice; with the last one the
 * command that asked is done, and what it did not find any more is forgotten.
 */
export async function reportDisplay(
  ctx: Context,
  chargerId: string,
  { request, messages, more }: DisplayReport,
): Promise<void> {
  for (const message of messages) {
    const { success, data } = DisplayMessage.safeParse(message);
    if (!success) continue;
    await ctx.table.write([{ op: 'put', item: displayItem(ctx, chargerId, data, request) }]);
  }
  const command = await findByRequestNumber(ctx, chargerId, request);
  if (more || !command || isTerminal(command.status)) return;
  await finish(ctx, command, request);
}

async function finish(ctx: Context, command: StoredCommand, request: number): Promise<void> {
  const known = await displayMessagesOf(ctx, command.charger_id);
  const told = known.filter((message) => message.request === request);
  const stale = known.filter((message) => message.request !== request);
  for (const { message_id } of asksForAll(command) ? stale : []) {
    const key = keys.displayMessage(ctx.tenantId, command.charger_id, message_id);
    await ctx.table.write([{ op: 'delete', key }]);
  }
  const messages = told.map(({ request: _, ...message }) => message);
  await settleCommand(ctx, command.id, {
    status: 'completed',
    outcome: 'accepted',
    data: { messages },
  });
}

const asksForAll = ({ input }: StoredCommand): boolean =>
  ['message_ids', 'priority', 'state'].every((filter) => input[filter] === undefined);
