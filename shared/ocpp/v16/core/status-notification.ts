import { reportOwnStatus } from '#shared/chargers/report-own-status.ts';
import { isConnectorNumber } from '#shared/connectors/connector.ts';
import { reportStatus } from '#shared/connectors/report-status.ts';
import { isoNow } from '#shared/core/context.ts';
import { defineMoneyInbound } from '#shared/ocpp/action.ts';
import { markStopMissing } from '#shared/sessions/mark-stop-missing.ts';
import { reportProgress } from '#shared/sessions/report-progress.ts';

/** Statuses that tell of the energy flow of the session on the connector. */
const flows = { Charging: 'charging', SuspendedEV: 'vehicle', SuspendedEVSE: 'charger' } as const;
const isFlow = (status: string): status is keyof typeof flows => status in flows;

const own = { Available: 'available', Unavailable: 'unavailable', Faulted: 'faulted' } as const;
const isOwn = (status: string): status is keyof typeof own => status in own;

/** Connector 0 is the charger itself. A status moves the session's idle clock, never its end. */
export const statusNotification = defineMoneyInbound('ocpp1.6', 'StatusNotification', {
  example: { connectorId: 1, errorCode: 'NoError', status: 'Available' },
  async handle({ request, peer }, ctx) {
    const { connectorId, status, errorCode, vendorErrorCode, timestamp } = request;
    if (connectorId === undefined || status === undefined) return {};
    if (connectorId === 0) {
      if (isOwn(status)) await reportOwnStatus(ctx, peer.chargerId, own[status]);
      return {};
    }
    if (!isConnectorNumber(connectorId)) return {};
    const { connector, outdated } = await reportStatus(ctx, {
      chargerId: peer.chargerId,
      connector: connectorId,
      status,
      errorCode: errorCode === 'NoError' ? null : (errorCode ?? null),
      vendorErrorCode: vendorErrorCode || null,
      at: timestamp,
    });
    const session = connector.session_id;
    if (!session || outdated) return {};
    if (isFlow(status)) {
      const flow = { state: flows[status], at: timestamp ?? isoNow(ctx) };
      await reportProgress(ctx, session, { flow });
    }
    if (status === 'Available') await markStopMissing(ctx, session);
    return {};
  },
});
