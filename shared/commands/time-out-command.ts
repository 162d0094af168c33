import type { Command } from '#shared/commands/command.ts';
import { ANSWER_WITHIN_S } from '#shared/commands/next-command.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { metric } from '#shared/core/metric-names.ts';

/** The time for an answer to this message is over. Undefined where it came, or the call was taken back. */
export async function timeOutCommand(
  ctx: Context,
  id: string,
  messageId: string,
): Promise<Command | undefined> {
  const settled = await settleCommand(
    ctx,
    id,
    {
      status: 'timed_out',
      outcome: 'timeout',
      reason: `The charger did not answer within ${ANSWER_WITHIN_S} seconds.`,
    },
    { messageId },
  );
  if (settled) ctx.log.count(metric.commandTimeouts);
  return settled;
}
