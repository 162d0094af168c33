import { isTerminal } from '#shared/commands/command.ts';
import { findCommand, settleCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';

/** Ends a command the charger agreed to, and never told the result of. */
export async function giveUpOnFollowUp(ctx: Context, id: string): Promise<void> {
  const command = await findCommand(ctx, id);
  if (!command || isTerminal(command.status)) return;
  const settled = await settleCommand(ctx, id, {
    status: 'timed_out',
    outcome: 'no_follow_up',
    reason: 'The charger agreed, and then never told what came of it.',
  });
  if (settled) ctx.log.count(metric.commandTimeouts);
}
