import { isConnectorNumber } from '#shared/connectors/connector.ts';
import { isoNow } from '#shared/core/context.ts';
import { defineMoneyInbound } from '#shared/ocpp/action.ts';
import { samplesOf } from '#shared/ocpp/v16/meter-values.ts';
import { transactionNumber } from '#shared/ocpp/v16/transaction-number.ts';
import { findByTransaction } from '#shared/sessions/find-by-transaction.ts';
import { reportProgress } from '#shared/sessions/report-progress.ts';

/**
 * Samples of a running transaction. Without a transaction they belong to the connector: they are
 * taken for the one session that charges there, if there is one (gotcha 35). Those of connector 0 are
 * of the charger's own meter, and no session's.
 */
export const meterValues = defineMoneyInbound('ocpp1.6', 'MeterValues', {
  example: {
    connectorId: 1,
    transactionId: 1,
    meterValue: [{ timestamp: '2026-11-22T10:01:00Z', sampledValue: [{ value: '1566' }] }],
  },
  async handle({ request, peer, flags }, ctx) {
    const { connectorId, transactionId, meterValue } = request;
    const number = transactionNumber(transactionId);
    const place = isConnectorNumber(connectorId ?? 0) ? connectorId : undefined;
    if (number === undefined && place === undefined) return {};
    const whole = await findByTransaction(ctx, {
      chargerId: peer.chargerId,
      transactionId: number,
      connector: place,
    });
    const samples = samplesOf(meterValue, isoNow(ctx));
    if (whole) await reportProgress(ctx, whole.session.id, { samples, flags }, whole);
    return {};
  },
});
