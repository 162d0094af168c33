import type { Charger, ChargerView, Connection } from '#shared/chargers/charger.ts';
import type { Connector, ConnectorStatus } from '#shared/connectors/connector.ts';
import { shownStatus } from '#shared/connectors/shown-status.ts';

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
  const shown = connectors.map(shownStatus);
  const all = (status: ConnectorStatus) => shown.length > 0 && shown.every((s) => s === status);
  if (!connection || connection.state === 'pending') return 'pending';
  if (connection.state === 'offline') return 'offline';
  if (charger.own_status === 'faulted' || all('Faulted')) return 'faulted';
  if (charger.own_status === 'unavailable' || all('Unavailable')) return 'unavailable';
  if (shown.includes('Available')) return 'available';
  if (shown.some((status) => BUSY.includes(status))) return 'in_use';
  if (shown.includes('Reserved')) return 'reserved';
  return connectors.length === 0 ? 'available' : 'unavailable';
}
