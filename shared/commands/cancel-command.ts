import { isVisibleCharger } from '#shared/chargers/visible-charger.ts';
import type { StoredCommand } from '#shared/commands/command.ts';
import { findCommand, type Outcome, settlement } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { conflict, notFound } from '#shared/core/errors.ts';
import { retrying } from '#shared/core/retry.ts';
import { commit } from '#shared/events/commit.ts';

const canceled: Outcome = { status: 'canceled', outcome: 'canceled', reason: 'It was canceled.' };

/**
 * Takes a command back that waits to be sent. Of a command of several calls it is the next call that is
 * taken back, and the command ends with what was done so far when its plan hears of it. Answers the command
 * that waited. Throws not_found, and conflict for one that was sent or has ended.
 */
export async function cancelCommand(ctx: Context, id: string): Promise<StoredCommand> {
  return retrying(async () => {
    const command = await findCommand(ctx, id);
    if (!command || !(await isVisibleCharger(ctx, command.charger_id))) throw notFound('Command');
    if (command.part_of) throw conflict(`It is part of ${command.part_of}: cancel that.`);
    const waiting = command.plan ? await findCommand(ctx, command.plan.step) : command;
    if (waiting?.status !== 'queued')
      throw conflict(`It is ${command.status}: only what waits to be sent can be canceled.`);
    const { after, ...change } = settlement(ctx, waiting, canceled);
    await commit(ctx, change);
    return after;
  });
}
