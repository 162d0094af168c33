import { commandTasks, newCommand } from '#shared/commands/queue-command.ts';
import type { ConnectorPlace } from '#shared/connectors/connector-place.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { secondsBetween } from '#shared/core/units.ts';
import type { Reservation } from '#shared/reservations/reservation.ts';

/** The call that asks a charger to keep a connector by itself. It is worth sending until the window closes. */
export function askCharger(ctx: Context, reservation: Reservation, place: ConnectorPlace) {
  const { id, charger_id, connector, number, expires_at } = reservation;
  const { token_uid, token_type, group_id } = reservation;
  const { command, writes } = newCommand(ctx, {
    type: 'reserve',
    chargerId: charger_id,
    connector,
    input: { ...place, number, expires_at, token_uid, token_type, group_id },
    serves: { kind: 'reservation', id },
    expiresInSeconds: Math.max(1, secondsBetween(isoNow(ctx), expires_at)),
  });
  return { commandId: command.id, writes, tasks: commandTasks(ctx, command) };
}
