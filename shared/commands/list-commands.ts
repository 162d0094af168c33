import { type Command, commandView, StoredCommand } from '#shared/commands/command.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

/** Commands of a charger, newest first. */
export async function listCommands(
  ctx: Context,
  chargerId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: Command[]; cursor?: string }> {
  const page = await ctx.table.query({
    index: 'gsi1',
    pk: keys.commandsOf(ctx.tenantId, chargerId).gsi1pk,
    newestFirst: true,
    limit,
    ...(cursor ? { cursor } : {}),
  });
  const items = page.items.map((item) => commandView(StoredCommand.parse(item)));
  return { items, ...(page.cursor ? { cursor: page.cursor } : {}) };
}
