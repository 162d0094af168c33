import { setTimeout as pauseFor } from 'node:timers/promises';
import { type Command, isTerminal } from '#shared/commands/command.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;

/**
 * The command as it stands when it ends, or after `seconds` at the latest. Looks again at growing
 * intervals, since nothing tells this process of an answer that another one received.
 */
export async function awaitCommand(
  ctx: Context,
  id: string,
  seconds: number,
  pause: (ms: number) => Promise<unknown> = pauseFor,
): Promise<Command> {
  let command = await getCommand(ctx, id);
  let left = seconds * 1000;
  let next = FIRST_PAUSE_MS;
  while (!isTerminal(command.status) && left > 0) {
    const ms = Math.min(next, left);
    await pause(ms);
    left -= ms;
    next = Math.min(next * 1.5, LONGEST_PAUSE_MS);
    command = await getCommand(ctx, id);
  }
  return command;
}
