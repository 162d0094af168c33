import { AppError } from '#shared/core/errors.ts';
import type { Booking } from '#shared/reservations/bookings.ts';
import type { Spot } from '#shared/reservations/spots.ts';

const BUSY = ['Charging', 'SuspendedEV', 'SuspendedEVSE', 'Finishing'];

/** Why a connector cannot be kept from this very moment on; undefined where it can. */
export function obstacle({ whole, connector, together }: Spot): AppError | undefined {
  const { charger, connection, connectors } = whole;
  const where = `${charger.id} connector ${connector.id}`;
  if (!connection?.connection_id || connection.state !== 'online')
    return new AppError('charger_offline', `${charger.id} is not connected.`);
  if (connector.status === 'Faulted' || charger.own_status === 'faulted')
    return new AppError('connector_faulted', `${where} reports a fault.`);
  if (connector.status === 'Unavailable' || charger.own_status === 'unavailable')
    return new AppError('connector_unavailable', `${where} is out of service.`);
  const busy = connectors.some(
    (c) => together.includes(c.id) && (c.session_id !== null || BUSY.includes(c.status)),
  );
  return busy ? new AppError('connector_in_use', `${where} is in use.`) : undefined;
}

/** Somebody else has it for part of that time. */
export const taken = ({ whole, connector }: Spot, { from, to }: Booking): AppError =>
  new AppError(
    'reservation_conflict',
    `${whole.charger.id} connector ${connector.id} is reserved from ${from} to ${to}.`,
  );
