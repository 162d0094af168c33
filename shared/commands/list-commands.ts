import { isVisibleCharger } from '#shared/chargers/visible-charger.ts';
import {
  type Command,
  type CommandStatus,
  commandView,
  StoredCommand,
} from '#shared/commands/command.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';

export interface CommandFilter {
  readonly charger_id: string;
  readonly type?: readonly string[] | undefined;
  readonly status?: readonly CommandStatus[] | undefined;
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One request reads at most this many pages of a filter that matches little; the cursor goes on from there. */
const PAGES_AT_ONCE = 10;

/** Commands of a charger, newest first; none of a charger that is not the caller's to see. */
export async function listCommands(
  ctx: Context,
  filter: CommandFilter,
  { limit, cursor }: Paging,
): Promise<{ items: Command[]; cursor?: string }> {
  if (!(await isVisibleCharger(ctx, filter.charger_id))) return { items: [] };
  const items: Command[] = [];
  let next = cursor;
  for (let n = 0; n < PAGES_AT_ONCE && items.length < limit && (n === 0 || next); n++) {
    const page = await ctx.table.query({
      index: 'gsi1',
      pk: keys.commandsOf(ctx.tenantId, filter.charger_id).gsi1pk,
      newestFirst: true,
      limit: limit - items.length,
      ...(next ? { cursor: next } : {}),
    });
    const commands = page.items.map((item) => commandView(StoredCommand.parse(item)));
    items.push(...commands.filter((command) => matches(command, filter)));
    next = page.cursor;
  }
  return { items, ...(next ? { cursor: next } : {}) };
}

const matches = (command: Command, { type, status }: CommandFilter) =>
  (!type || type.includes(command.type)) && (!status || status.includes(command.status));
