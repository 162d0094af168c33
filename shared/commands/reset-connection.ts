import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import type { Command } from '#shared/commands/command.ts';
import { doneCommand } from '#shared/commands/done-command.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';

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
  const asked = { type: 'reset', chargerId, input: { type: 'connection' } };
  const command = await doneCommand(ctx, asked, 'connection_closed', charger.site_id);
  await ctx.sockets.ocpp.close(socket, SERVICE_RESTART, 'Reset by the operator');
  return command;
}
