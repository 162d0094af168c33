import type { Charger, Connection } from '#shared/chargers/charger.ts';
import type { Connector } from '#shared/connectors/connector.ts';
import type { Context } from '#shared/core/context.ts';
import { ownDriverId } from '#shared/core/driver-access.ts';
import { AppError } from '#shared/core/errors.ts';
import type { Reservation } from '#shared/reservations/reservation.ts';
import { reserved } from '#shared/reservations/use-reservation.ts';

/** The connector that is meant. Throws validation_failed where it is none of the charger's, or one of several. */
export function chosenConnector(
  connectors: readonly Connector[],
  wanted: number | undefined,
): Connector {
  const [only, another] = connectors;
  const found = wanted === undefined ? only : connectors.find((c) => c.id === wanted);
  if (found && !(wanted === undefined && another)) return found;
  const numbers = connectors.map((c) => c.id).join(', ') || 'none yet';
  const code = wanted === undefined ? 'required' : 'not_found';
  throw new AppError('validation_failed', `Name one of its connectors: ${numbers}.`, {
    errors: [{ field: 'connector', code, message: `Connectors: ${numbers}.` }],
  });
}

/** Throws what keeps a charge from beginning there now. */
export function requireFree(
  ctx: Context,
  charger: Charger,
  connection: Connection | undefined,
  connector: Connector,
  own: Reservation | undefined,
) {
  if (!connection?.connection_id || connection.state !== 'online')
    throw new AppError('charger_offline', `${charger.id} is not connected.`);
  if (connector.session_id) throw inUse(ctx, connector);
  const where = `${charger.id} connector ${connector.id}`;
  const { status } = connector;
  if (status === 'Faulted' || charger.own_status === 'faulted')
    throw new AppError('connector_faulted', `${where} reports a fault.`);
  if (['Unavailable', 'Finishing'].includes(status) || charger.own_status === 'unavailable')
    throw new AppError('connector_unavailable', `${where} is ${status}.`);
  if (status === 'Reserved' && !own) throw reserved(charger.id, connector.id);
  if (!['Available', 'Preparing', 'Reserved'].includes(status)) throw inUse(ctx, connector);
}

/** Whose session it is stays unknown to a driver. */
export function inUse(ctx: Context, { charger_id, id, session_id }: Connector): AppError {
  const named = ownDriverId(ctx) === undefined ? session_id : null;
  const message = `Open session ${named ?? ''}`.trim();
  return new AppError('connector_in_use', `${charger_id} connector ${id} has an open session.`, {
    errors: [{ field: 'connector', code: 'in_use', message }],
  });
}
