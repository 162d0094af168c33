import { type Command, commandView, type StoredCommand } from '#shared/commands/command.ts';
import { CommandCompleted } from '#shared/commands/events.ts';
import { commandItem, type NewCommand, newCommand } from '#shared/commands/queue-command.ts';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';

/** Keeps as a command what was done at once, without a call to the charger. */
export async function doneCommand(
  ctx: Context,
  asked: NewCommand,
  outcome: string,
  site_id: string | null,
): Promise<Command> {
  const { command: queued } = newCommand(ctx, asked);
  const stored: StoredCommand = {
    ...queued,
    status: 'completed',
    completed_at: queued.queued_at,
    result: { outcome, reason: null, data: null },
  };
  const command = commandView(stored);
  const { id, resource_version: version, charger_id, session_id } = command;
  const scope = { charger_id, site_id, session_id };
  await commit(ctx, {
    aggregate: { kind: 'command', id, version },
    writes: [{ op: 'put', item: commandItem(ctx, stored), when: 'absent' }],
    events: [eventOf(ctx, CommandCompleted, { id, version, scope, object: command })],
  });
  return command;
}
