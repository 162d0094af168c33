import type { Connector, ConnectorStatus } from '#shared/connectors/connector.ts';

/** As everybody sees it: one kept for somebody is Reserved, also where its charger knows nothing of it. */
export const shownStatus = ({
  status,
  reservation_id,
}: Pick<Connector, 'status' | 'reservation_id'>): ConnectorStatus =>
  status === 'Available' && reservation_id !== null ? 'Reserved' : status;
