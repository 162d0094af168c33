import { type Connector, isConnectorNumber } from '#shared/connectors/connector.ts';
import { locateConnector } from '#shared/connectors/locate-connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { type Admitted, defineMoneyInbound, type Salvaged } from '#shared/ocpp/action.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { idTokenInfo } from '#shared/ocpp/v201/id-token-info.ts';
import { samplesOf } from '#shared/ocpp/v201/samples-of.ts';
import {
  judgeToken,
  type ShownToken,
  tokenShown,
} from '#shared/ocpp/v201/transactions/judge-token.ts';
import { isNewsOf } from '#shared/ocpp/v201/transactions/news-of-reservation.ts';
import { showOnConnector } from '#shared/ocpp/v201/transactions/show-on-connector.ts';
import { flowOf, stopReasonOf } from '#shared/ocpp/v201/transactions/words.ts';
import { beginCharging } from '#shared/sessions/begin-charging.ts';
import { chooseConnector } from '#shared/sessions/choose-connector.ts';
import { claimReservation } from '#shared/sessions/claim-reservation.ts';
import { endCharging } from '#shared/sessions/end-charging.ts';
import { findByTransaction } from '#shared/sessions/find-by-transaction.ts';
import { keepOrphan } from '#shared/sessions/orphans.ts';
import {
  earlierPlugIns,
  notePlugIn,
  nothingEarlier,
  type PlugIns,
} from '#shared/sessions/plug-in.ts';
import { reportProgress } from '#shared/sessions/report-progress.ts';
import { findSession, type WholeSession } from '#shared/sessions/session-view.ts';

type Request = Salvaged<Payload<'ocpp2.0.1', 'TransactionEvent', 'request'>>;
type Event = Admitted<Request>;

/**
 * One event of a transaction. Events may repeat, come late, or come without their beginning; each is
 * taken once by its number, and what lacks a beginning gets one (a shell), for energy is money.
 */
export const transactionEvent = defineMoneyInbound('ocpp2.0.1', 'TransactionEvent', {
  example: {
    eventType: 'Started',
    timestamp: '2026-11-22T10:00:00Z',
    triggerReason: 'RemoteStart',
    seqNo: 0,
    transactionInfo: { transactionId: 'AB1234', chargingState: 'Charging', remoteStartId: 7 },
    evse: { id: 1, connectorId: 1 },
    idToken: { idToken: '04A2B3C4D5', type: 'Central' },
  },
  async handle(event, ctx) {
    const { chargerId } = event.peer;
    const transactionId = event.request.transactionInfo?.transactionId;
    const known =
      transactionId === undefined
        ? undefined
        : await findByTransaction(ctx, { chargerId, transactionId });
    const shown = await judgeToken(event, known, ctx);
    const info = shown ? { idTokenInfo: idTokenInfo(shown.authorization) } : {};
    if (transactionId === undefined) {
      const { messageId, request: payload } = event;
      await keepOrphan(ctx, { chargerId, action: 'TransactionEvent', messageId, payload });
      return info;
    }
    const ended = await take(event, { transactionId, known, shown }, ctx);
    return { ...info, ...(ended ? { totalCost: ended.live.total_minor / 100 } : {}) };
  },
});

/** An event, with what is known of its transaction and thought of its token. */
interface Told {
  readonly transactionId: string;
  readonly known: WholeSession | undefined;
  readonly shown: ShownToken | undefined;
}

/** Takes the event; the session, if this ended it. */
async function take(
  event: Event,
  { transactionId, known, shown }: Told,
  ctx: Context,
): Promise<WholeSession | undefined> {
  const { request, peer } = event;
  const { chargerId } = peer;
  const place = await placeOf(request, chargerId, ctx);
  const earlier = known ? nothingEarlier : await earlierPlugIns(ctx, chargerId, transactionId);
  if (!known && isOnlyPluggedIn(request, shown?.uid, earlier)) {
    const plugIn = { seq: sequenceNumber(request) ?? 0, connector: place?.id ?? null };
    const { registerWh } = boundsOf(request, ctx);
    if (request.eventType !== 'Ended')
      await notePlugIn(ctx, chargerId, transactionId, { ...plugIn, registerWh });
    return undefined;
  }
  const whole = known ?? (await begin(event, { transactionId, shown, place, earlier }, ctx));
  const id = whole.session.id;
  if (place && whole.session.connector === 0) await chooseConnector(ctx, id, place.id);
  if (known && shown) await tokenShown(event, known, shown, ctx);
  if (known && isNewsOf(request, known)) await claimReservation(ctx, id, request.reservationId);
  await (request.eventType === 'Ended'
    ? end(event, id, ctx)
    : progress(event, whole, Boolean(known), ctx));
  const now = await findSession(ctx, id);
  if (now) await showOnConnector(ctx, now, place, request);
  return request.eventType === 'Ended' ? now : undefined;
}

/** The EVSE is told in the first event, and when it changes. */
async function placeOf({ evse }: Request, chargerId: string, ctx: Context) {
  if (!evse?.id || !isConnectorNumber(evse.id)) return undefined;
  return locateConnector(ctx, chargerId, evse.id, evse.connectorId);
}

/** When the event says that the transaction was, and its first register. */
function boundsOf({ timestamp, meterValue }: Request, ctx: Context) {
  const metered = samplesOf(meterValue, isoNow(ctx)).find((s) => s.registerWh !== null);
  return { at: timestamp ?? isoNow(ctx), registerWh: metered?.registerWh ?? null };
}

/** A cable in a socket is no session yet: no token, no request of ours, and no energy. */
function isOnlyPluggedIn(
  { transactionInfo, meterValue }: Request,
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

interface Beginning {
  readonly transactionId: string;
  readonly shown: ShownToken | undefined;
  readonly place: Connector | undefined;
  readonly earlier: PlugIns;
}

async function begin(
  { request, peer, flags }: Event,
  { transactionId, shown, place, earlier }: Beginning,
  ctx: Context,
): Promise<WholeSession> {
  const { at, registerWh } = boundsOf(request, ctx);
  const late = request.eventType !== 'Started' && !earlier.seen.includes(0);
  const { whole } = await beginCharging(ctx, {
    chargerId: peer.chargerId,
    connector: place?.id ?? earlier.connector ?? 0,
    tokenUid: shown?.uid ?? null,
    authorization: shown?.authorization,
    meterStartWh: lowest(earlier.registerWh, registerWh),
    at,
    offline: request.offline ?? false,
    transactionId,
    repeatKey: `transaction|${transactionId}`,
    remoteStartId: request.transactionInfo?.remoteStartId,
    reservationNumber: request.reservationId,
    seq: { seen: earlier.seen, below: sequenceNumber(request) ?? 0 },
    flags: [...flags, ...(late ? ['start_missing'] : [])],
  });
  return whole;
}

/** One that is none cannot be counted by: its event is taken all the same. */
const sequenceNumber = ({ seqNo }: Request): number | undefined =>
  seqNo !== undefined && Number.isSafeInteger(seqNo) && seqNo >= 0 ? seqNo : undefined;

/** A register only rises, so the lower one is the earlier. */
const lowest = (a: number | undefined, b: number | null) =>
  a === undefined || b === null ? (a ?? b) : Math.min(a, b);

async function progress(
  { request, flags }: Event,
  { session, live }: WholeSession,
  known: boolean,
  ctx: Context,
) {
  const at = request.timestamp ?? isoNow(ctx);
  const state = flowOf(request.transactionInfo?.chargingState, live.energy_wh > 0);
  await reportProgress(ctx, session.id, {
    samples: samplesOf(request.meterValue, isoNow(ctx)),
    flow: state && { state, at },
    seq: sequenceNumber(request),
    offline: request.offline ?? false,
    started: known && request.eventType === 'Started' ? boundsOf(request, ctx) : undefined,
    flags: known ? flags : [],
  });
}

const end = ({ request, flags }: Event, id: string, ctx: Context) =>
  endCharging(ctx, id, {
    at: request.timestamp ?? isoNow(ctx),
    meterStopWh: null,
    samples: samplesOf(request.meterValue, isoNow(ctx)),
    reason: stopReasonOf(request.transactionInfo?.stoppedReason),
    seq: sequenceNumber(request),
    offline: request.offline ?? false,
    flags,
  });
