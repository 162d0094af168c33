import { newCommand } from '#shared/commands/queue-command.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import type { ConnectorPlace } from '#shared/connectors/connector-place.ts';
import type { Context } from '#shared/core/context.ts';
import { commit } from '#shared/events/commit.ts';
import { dueTask } from '#shared/events/task.ts';

/** A charger that no longer says why a connector is as it stands is asked how it is. */
export async function askForStatus(
  ctx: Context,
  chargerId: string,
  place: ConnectorPlace,
): Promise<void> {
  const input = { message: 'status', ...place };
  const { connector } = place;
  const asked = { type: 'trigger_message', chargerId, connector, input };
  const { command, writes } = newCommand(ctx, asked);
  await commit(ctx, {
    aggregate: { kind: 'command', id: command.id, version: command.resource_version },
    writes,
    tasks: [dueTask(ctx, DispatchCommands, { charger_id: chargerId })],
  });
}
