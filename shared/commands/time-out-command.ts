import type { Command } from '#shared/commands/command.ts';
import { ANSWER_WITHIN_S } from '#shared/commands/next-command.ts';
import { settleCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';

/** The time for an answer to this message is over. Undefined where it came, or the call was taken back. */
export const timeOutCommand = (
  ctx: Context,
  id: string,
  messageId: string,
): Promise<Command | undefined> =>
  settleCommand(
    ctx,
    id,
    {
      status: 'timed_out',
      outcome: 'timeout',
      reason: `The charger did not answer within ${ANSWER_WITHIN_S} seconds.`,
    },
    { messageId },
  );
