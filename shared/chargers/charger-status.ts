import type { Charger, ChargerView, Connection } from '#shared/chargers/charger.ts';
import type { Connector, ConnectorStatus } from '#shared/connectors/connector.ts';

const BUSY: readonly ConnectorStatus[] = [
  'Preparing',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
  'Finishing',
];

/** The roll-up of a charger: the first rule that holds, from worst to best to say. */
export function chargerStatus(
  charger: Charger,
  connection: Connection | undefined,
  connectors: readonly Connector[],
): ChargerView['status'] {
  const all = (status: ConnectorStatus) =>
    connectors.length > 0 && connectors.every((c) => c.status === status);
  if (!connection || connection.state === 'pending') return 'pending';
  if (connection.state === 'offline') return 'offline';
  if (charger.own_status === 'faulted' || all('Faulted')) return 'faulted';
  if (charger.own_status === 'unavailable' || all('Unavailable')) return 'unavailable';
  if (connectors.some((c) => c.status === 'Available')) return 'available';
  if (connectors.some((c) => BUSY.includes(c.status))) return 'in_use';
  if (connectors.some((c) => c.status === 'Reserved')) return 'reserved';
  return connectors.length === 0 ? 'available' : 'unavailable';
}
