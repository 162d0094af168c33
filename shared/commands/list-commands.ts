import { encodeTime } from 'ulid';
import { isVisibleCharger } from '#shared/chargers/visible-charger.ts';
import {
  type Command,
  type CommandStatus,
  commandView,
  StoredCommand,
} from '#shared/commands/command.ts';
import type { Context } from '#shared/core/context.ts';
import type { Query } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

export interface CommandFilter {
  /** Of one charger or of one batch: no list spans the organization. */
  readonly charger_id?: string | undefined;
  readonly batch_id?: string | undefined;
  readonly type?: readonly string[] | undefined;
  readonly status?: readonly CommandStatus[] | undefined;
  readonly created_after?: string | undefined;
  readonly created_before?: string | undefined;
}

interface Paging {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One request reads at most this many pages of a filter that matches little; the cursor goes on from there. */
const PAGES_AT_ONCE = 10;

/** Commands of a charger or a batch, newest first; none of chargers that are not the caller's to see. */
export async function listCommands(
  ctx: Context,
  filter: CommandFilter,
  { limit, cursor }: Paging,
): Promise<{ items: Command[]; cursor?: string }> {
  const source = sourceOf(ctx, filter);
  const isVisible = visibility(ctx);
  if (!source || (filter.charger_id && !(await isVisible(filter.charger_id)))) return { items: [] };
  const items: Command[] = [];
  let next = cursor;
  for (let n = 0; n < PAGES_AT_ONCE && items.length < limit && (n === 0 || next); n++) {
    const page = await ctx.table.query({
      ...source,
      ...idsWithin(filter),
      newestFirst: true,
      limit: limit - items.length,
      ...(next ? { cursor: next } : {}),
    });
    const commands = page.items.map((item) => commandView(StoredCommand.parse(item)));
    for (const command of commands)
      if (matches(command, filter) && (await isVisible(command.charger_id))) items.push(command);
    next = page.cursor;
  }
  return { items, ...(next ? { cursor: next } : {}) };
}

function sourceOf(
  ctx: Context,
  { charger_id, batch_id }: CommandFilter,
): Pick<Query, 'index' | 'pk'> | undefined {
  if (batch_id) return { index: 'gsi2', pk: keys.commandsOfBatch(ctx.tenantId, batch_id).gsi2pk };
  if (charger_id) return { index: 'gsi1', pk: keys.commandsOf(ctx.tenantId, charger_id).gsi1pk };
  return undefined;
}

/** Asks for each charger once. */
function visibility(ctx: Context): (chargerId: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return (id) => {
    const asked = known.get(id) ?? isVisibleCharger(ctx, id);
    known.set(id, asked);
    return asked;
  };
}

/** Ids sort by the time they were made. */
function idsWithin({ created_after: from, created_before: to }: CommandFilter) {
  const at = (iso: string) => `cmd_${encodeTime(Math.max(0, Date.parse(iso)), TIME_CHARACTERS)}`;
  return { ...(from ? { from: at(from) } : {}), ...(to ? { to: at(to) } : {}) };
}
const TIME_CHARACTERS = 10;

const matches = (command: Command, { charger_id, type, status }: CommandFilter) =>
  (!charger_id || charger_id === command.charger_id) &&
  (!type || type.includes(command.type)) &&
  (!status || status.includes(command.status));
