import { reportOwnStatus } from '#shared/chargers/report-own-status.ts';
import { type ConnectorStatus, isConnectorNumber } from '#shared/connectors/connector.ts';
import { locateConnector } from '#shared/connectors/locate-connector.ts';
import { occupiedStatus } from '#shared/connectors/occupied-status.ts';
import { reportStatus } from '#shared/connectors/report-status.ts';
import { defineMoneyInbound } from '#shared/ocpp/action.ts';
import { markStopMissing } from '#shared/sessions/mark-stop-missing.ts';
import { findSession } from '#shared/sessions/session-view.ts';

const own = { Available: 'available', Unavailable: 'unavailable', Faulted: 'faulted' } as const;
const isOwn = (status: string): status is keyof typeof own => status in own;

/** EVSE 0 is the charger itself. Occupied alone says little: the transaction tells which kind it is. */
export const statusNotification = defineMoneyInbound('ocpp2.0.1', 'StatusNotification', {
  example: {
    timestamp: '2026-11-22T10:00:00Z',
    connectorStatus: 'Available',
    evseId: 1,
    connectorId: 1,
  },
  async handle({ request, peer }, ctx) {
    const { connectorStatus, evseId, connectorId, timestamp } = request;
    if (connectorStatus === undefined || evseId === undefined) return {};
    if (evseId === 0) {
      if (isOwn(connectorStatus)) await reportOwnStatus(ctx, peer.chargerId, own[connectorStatus]);
      return {};
    }
    if (!isConnectorNumber(evseId)) return {};
    const connector = await locateConnector(ctx, peer.chargerId, evseId, connectorId);
    const whole = connector.session_id ? await findSession(ctx, connector.session_id) : undefined;
    const status: ConnectorStatus =
      connectorStatus === 'Occupied' ? occupiedStatus(connector, whole?.live) : connectorStatus;
    const { outdated } = await reportStatus(ctx, {
      chargerId: peer.chargerId,
      connector: connector.id,
      status,
      errorCode: null,
      vendorErrorCode: null,
      at: timestamp,
    });
    if (whole && !outdated && status === 'Available') await markStopMissing(ctx, whole.session.id);
    return {};
  },
});
