import { isConnectorNumber } from '#shared/connectors/connector.ts';
import { locateConnector } from '#shared/connectors/locate-connector.ts';
import { isoNow } from '#shared/core/context.ts';
import { defineMoneyInbound } from '#shared/ocpp/action.ts';
import { samplesOf } from '#shared/ocpp/v201/samples-of.ts';
import { reportProgress } from '#shared/sessions/report-progress.ts';

/** Samples outside a transaction's own events: they join the session that charges on the EVSE, if any. */
export const meterValues = defineMoneyInbound('ocpp2.0.1', 'MeterValues', {
  example: {
    evseId: 1,
    meterValue: [{ timestamp: '2026-11-22T10:01:00Z', sampledValue: [{ value: 1566 }] }],
  },
  async handle({ request, peer, flags }, ctx) {
    const { evseId = 0, meterValue } = request;
    if (!isConnectorNumber(evseId)) return {};
    const connector = await locateConnector(ctx, peer.chargerId, evseId, undefined);
    const samples = samplesOf(meterValue, isoNow(ctx));
    if (connector.session_id) await reportProgress(ctx, connector.session_id, { samples, flags });
    return {};
  },
});
