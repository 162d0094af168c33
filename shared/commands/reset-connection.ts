import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import { type Command, commandView, type StoredCommand } from '#shared/commands/command.ts';
import { CommandCompleted } from '#shared/commands/events.ts';
import { commandItem, newCommand } from '#shared/commands/queue-command.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { commit } from '#shared/events/commit.ts';
import { eventOf } from '#shared/events/event.ts';

/** Service Restart: tells the charger to come back (RFC 6455 registry of close codes). */
const SERVICE_RESTART = 1012;

/**
 * Drops a charger's socket and nothing else; it is kept as a command that is done at once. Throws
 * not_found, charger_offline.
 */
export async function resetConnection(ctx: Context, chargerId: string): Promise<Command> {
  const { charger, connection } = await getWholeCharger(ctx, chargerId);
  const socket = connection?.connection_id;
  if (!socket) throw new AppError('charger_offline', `${chargerId} is not connected.`);
  const asked = newCommand(ctx, { type: 'reset', chargerId, input: { type: 'connection' } });
  const stored: StoredCommand = {
    ...asked.command,
    status: 'completed',
    completed_at: asked.command.queued_at,
    result: { outcome: 'connection_closed', reason: null, data: null },
  };
  const command = commandView(stored);
  const { id, resource_version: version } = command;
  const scope = { charger_id: chargerId, site_id: charger.site_id };
  await commit(ctx, {
    aggregate: { kind: 'command', id, version },
    writes: [{ op: 'put', item: commandItem(ctx, stored), when: 'absent' }],
    events: [eventOf(ctx, CommandCompleted, { id, version, scope, object: command })],
  });
  await ctx.sockets.ocpp.close(socket, SERVICE_RESTART, 'Reset by the operator');
  return command;
}
