import { isConnectorNumber } from '#shared/connectors/connector.ts';
import { isoNow } from '#shared/core/context.ts';
import { defineMoneyInbound } from '#shared/ocpp/action.ts';
import { idTagInfo } from '#shared/ocpp/v16/id-tag-info.ts';
import { stopThatCameFirst } from '#shared/ocpp/v16/stop-that-came-first.ts';
import { beginCharging } from '#shared/sessions/begin-charging.ts';
import { registerOf } from '#shared/sessions/read-meter.ts';

/**
 * The charger reports a transaction it has begun, so even a refused tag gets a transaction id. It
 * repeats the report until it is answered: the same content gives the same id (1.6 §3.7.1).
 */
export const startTransaction = defineMoneyInbound('ocpp1.6', 'StartTransaction', {
  example: {
    connectorId: 1,
    idTag: '04A2B3C4D5',
    meterStart: 1200,
    timestamp: '2026-11-22T10:00:00Z',
  },
  async handle({ request, peer, flags }, ctx) {
    const { connectorId, idTag = '', meterStart, timestamp } = request;
    const { whole, transactionId, authorization } = await beginCharging(ctx, {
      chargerId: peer.chargerId,
      connector: placeOf(connectorId),
      tokenUid: idTag || null,
      meterStartWh: registerOf(meterStart),
      at: timestamp ?? isoNow(ctx),
      offline: false,
      transactionId: undefined,
      reservationNumber: request.reservationId,
      repeatKey: [connectorId, idTag, timestamp, meterStart].join('|'),
      flags,
    });
    await stopThatCameFirst(ctx, peer.chargerId, whole);
    return { transactionId: Number(transactionId), idTagInfo: idTagInfo(authorization) };
  },
});

/** Where none is named, or the charger as a whole, its first is meant; no place at all is not chosen yet. */
function placeOf(connectorId = 1): number {
  if (isConnectorNumber(connectorId)) return connectorId;
  return connectorId === 0 ? 1 : 0;
}
