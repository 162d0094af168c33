import { commandView, type StoredCommand } from '#shared/commands/command.ts';
import { CommandSent } from '#shared/commands/events.ts';
import { commandItem } from '#shared/commands/queue-command.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import type { Context } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { eventOf } from '#shared/events/event.ts';
import type { Recorded } from '#shared/events/recorded.ts';

/** Who sees that a command goes out: itself, or, of a first step, the command that it is a step of. */
export async function seenAsSent(
  ctx: Context,
  command: StoredCommand,
): Promise<{ writes: Write[]; events: Recorded[] }> {
  if (!command.part_of) return { writes: [], events: [sentEvent(ctx, command)] };
  const visible = await findCommand(ctx, command.part_of);
  if (visible?.status !== 'queued') return { writes: [], events: [] };
  const { resource_version } = visible;
  const { sent_at, updated_at } = command;
  const after: StoredCommand = {
    ...visible,
    status: 'sent',
    sent_at,
    updated_at,
    resource_version: resource_version + 1,
  };
  return {
    writes: [{ op: 'put', item: commandItem(ctx, after), when: { resource_version } }],
    events: [sentEvent(ctx, after)],
  };
}

function sentEvent(ctx: Context, command: StoredCommand): Recorded {
  const { id, resource_version: version, charger_id, connector, session_id } = command;
  const scope = { charger_id, connector, session_id };
  return eventOf(ctx, CommandSent, { id, version, scope, object: commandView(command) });
}
