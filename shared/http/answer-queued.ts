import type { Command } from '#shared/commands/command.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import { answerCommand } from '#shared/http/command-call.ts';
import type { WithStatus } from '#shared/http/endpoint.ts';

/** The command of this id as it now stands, or as it ends where the caller waits for that. */
export const answerQueued = async (
  ctx: Context,
  id: string,
  headers: Readonly<Record<string, string>>,
): Promise<WithStatus<Command>> => answerCommand(ctx, await getCommand(ctx, id), headers);
