import { isConnectorNumber } from '#shared/connectors/connector.ts';
import { locateConnector } from '#shared/connectors/locate-connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Admitted, Salvaged } from '#shared/ocpp/action.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { samplesOf } from '#shared/ocpp/v201/samples-of.ts';
import type { PlugIns } from '#shared/sessions/plug-in.ts';

export type EventRequest = Salvaged<Payload<'ocpp2.0.1', 'TransactionEvent', 'request'>>;
export type TransactionEvent = Admitted<EventRequest>;

/** The EVSE is told in the first event, and when it changes. */
export async function placeOf({ evse }: EventRequest, chargerId: string, ctx: Context) {
  if (!evse?.id || !isConnectorNumber(evse.id)) return undefined;
  return locateConnector(ctx, chargerId, evse.id, evse.connectorId);
}

/** When the event says that the transaction was, and its first register. */
export function boundsOf({ timestamp, meterValue }: EventRequest, ctx: Context) {
  const metered = samplesOf(meterValue, isoNow(ctx)).find((s) => s.registerWh !== null);
  return { at: timestamp ?? isoNow(ctx), registerWh: metered?.registerWh ?? null };
}

/** A cable in a socket is no session yet: no token, no request of ours, and no energy. */
export function isOnlyPluggedIn(
  { transactionInfo, meterValue }: EventRequest,
  uid: string | undefined,
  { registerWh: before }: PlugIns,
): boolean {
  const { chargingState, remoteStartId } = transactionInfo ?? {};
  const idle =
    chargingState === undefined || chargingState === 'EVConnected' || chargingState === 'Idle';
  const registers = samplesOf(meterValue, '')
    .map((s) => s.registerWh)
    .filter((wh) => wh !== null);
  const first = before ?? registers[0];
  const delivered = registers.some((wh) => wh !== first);
  return idle && !uid && remoteStartId === undefined && !delivered;
}

/** One that is none cannot be counted by: its event is taken all the same. */
export const sequenceNumber = ({ seqNo }: EventRequest): number | undefined =>
  seqNo !== undefined && Number.isSafeInteger(seqNo) && seqNo >= 0 ? seqNo : undefined;

/** A register only rises, so the lower one is the earlier. */
export const lowest = (a: number | undefined, b: number | null) =>
  a === undefined || b === null ? (a ?? b) : Math.min(a, b);
