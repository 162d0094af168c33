import * as z from 'zod';
import { awaitCommand } from '#shared/commands/await-command.ts';
import { Command, isTerminal } from '#shared/commands/command.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import type { Aggregate, Context } from '#shared/core/context.ts';
import { type WithStatus, withStatus } from '#shared/http/endpoint.ts';
import { readWait } from '#shared/http/prefer.ts';

/** What all calls to a charger have in common; spread into the endpoint. */
export const commandCall = {
  params: z.object({ charger_id: z.string().meta({ example: 'BLR-014' }) }),
  status: 202,
  alsoStatus: [200],
  mayWait: true,
  quota: 'device',
  response: Command,
  location: ({ id }: Command) => `/v1/commands/${id}`,
  recall: (ctx: Context, { id }: Aggregate) => getCommand(ctx, id),
} as const;

/** How long a command may wait for its charger. */
export const expiresIn = z.int().min(1).max(604_800).optional().meta({
  description:
    'Seconds the command may wait until the charger can take it, at most 7 days; 120 where left out.',
  example: 120,
});

/** The paragraph that every call to a charger shares. */
export const aboutCommands = `
The answer is **202** with the command, which goes out as soon as the charger is connected and owes no
other answer (OCPP allows one call at a time; stops, resets and unlocks overtake the rest). A charger
that is offline gets it when it comes back, unless \`expires_in_seconds\` is over by then. Follow it with
\`GET /v1/commands/{command_id}\`, or by the events \`command.completed\` and \`command.failed\`.

With \`Prefer: wait=N\` (1 to 20 seconds) the answer waits for the end of the command: **200** with the
finished command, or 202 when it takes longer.`;

/** 200 with the finished command where the caller waits for it, else 202. */
export async function answerCommand(
  ctx: Context,
  command: Command,
  headers: Readonly<Record<string, string>>,
): Promise<WithStatus<Command>> {
  const wait = readWait(headers);
  if (wait === 0) return withStatus(202, command);
  const now = await awaitCommand(ctx, command.id, wait);
  return withStatus(isTerminal(now.status) ? 200 : 202, now, {
    'Preference-Applied': `wait=${wait}`,
  });
}
