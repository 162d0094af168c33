import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import { askForStatus } from '#shared/commands/ask-for-status.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import type { Context } from '#shared/core/context.ts';
import type { EventDataType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import { type Availability, takeStatus } from '#shared/ocpp/v201/availability/take-status.ts';

const STATES = ['Available', 'Occupied', 'Reserved', 'Unavailable', 'Faulted'] as const;
const stateOf = (value: string) => STATES.find((state) => state === value);

/** The components whose state is that of a connector, or of the whole charger. */
const PLACES = ['ChargingStation', 'EVSE', 'Connector'];

/**
 * Some events say how a connector, or the charger, is: its `AvailabilityState` stands for a status
 * notification, and a `Problem` is a fault. When a problem is over, only the charger knows what is now:
 * it is asked.
 */
export async function takeProblem(
  ctx: Context,
  chargerId: string,
  event: EventDataType,
): Promise<void> {
  const { component, variable, actualValue, timestamp: at, cleared = false } = event;
  if (!PLACES.includes(component.name)) return;
  const evseId = component.name === 'ChargingStation' ? 0 : component.evse?.id;
  if (evseId === undefined) return;
  const place = { evseId, connectorId: component.evse?.connectorId, at };
  if (variable.name === 'AvailabilityState') {
    const status = stateOf(actualValue);
    if (status) await takeStatus(ctx, chargerId, { ...place, status });
  }
  if (variable.name === 'Problem') {
    const isThere = actualValue.trim().toLowerCase() === 'true' && !cleared;
    if (isThere) await takeStatus(ctx, chargerId, { ...place, status: 'Faulted' });
    else await problemOver(ctx, chargerId, place);
  }
}

async function problemOver(
  ctx: Context,
  chargerId: string,
  { evseId, connectorId, at }: Omit<Availability, 'status'>,
): Promise<void> {
  const { charger, connectors } = await getWholeCharger(ctx, chargerId);
  if (evseId === 0) {
    const place = { evseId, connectorId, at };
    if (charger.own_status !== 'faulted') return;
    return takeStatus(ctx, chargerId, { ...place, status: 'Available' });
  }
  const faulted = connectors.filter(
    (c) =>
      c.status === 'Faulted' &&
      (c.evse_id ?? c.id) === evseId &&
      (connectorId === undefined || (c.evse_connector_id ?? 1) === connectorId),
  );
  for (const { id } of faulted) await askForStatus(ctx, chargerId, connectorPlace(connectors, id));
}
