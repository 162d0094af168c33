import type { Connector, ConnectorStatus } from '#shared/connectors/connector.ts';

const AFTER: readonly ConnectorStatus[] = ['Charging', 'SuspendedEV', 'SuspendedEVSE', 'Finishing'];

/**
 * Which of the five occupied states a connector is in. 2.0.1 says only Occupied; what its session
 * does, or that it just ended, tells the rest.
 */
export function occupiedStatus(
  connector: Pick<Connector, 'status'>,
  session: { readonly status: string; readonly suspended_by: string | null } | undefined,
): ConnectorStatus {
  const over = !session || session.status === 'ended' || session.status === 'failed';
  if (over) return AFTER.includes(connector.status) ? 'Finishing' : 'Preparing';
  if (session.status === 'starting') return 'Preparing';
  if (session.suspended_by === 'vehicle') return 'SuspendedEV';
  return session.suspended_by ? 'SuspendedEVSE' : 'Charging';
}
