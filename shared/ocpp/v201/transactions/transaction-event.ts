import type { Connector } from '#shared/connectors/connector.ts';
import type { Context } from '#shared/core/context.ts';
import { defineMoneyInbound } from '#shared/ocpp/action.ts';
import { idTokenInfo } from '#shared/ocpp/v201/id-token-info.ts';
import {
  boundsOf,
  type TransactionEvent as Event,
  isOnlyPluggedIn,
  lowest,
  placeOf,
  type EventRequest as Request,
  sequenceNumber,
} from '#shared/ocpp/v201/transactions/event-request.ts';
import {
  judgeToken,
  type ShownToken,
  tokenShown,
} from '#shared/ocpp/v201/transactions/judge-token.ts';
import { isNewsOf } from '#shared/ocpp/v201/transactions/news-of-reservation.ts';
import { report } from '#shared/ocpp/v201/transactions/report-event.ts';
import { showOnConnector } from '#shared/ocpp/v201/transactions/show-on-connector.ts';
import { beginCharging } from '#shared/sessions/begin-charging.ts';
import { chooseConnector } from '#shared/sessions/choose-connector.ts';
import { claimReservation } from '#shared/sessions/claim-reservation.ts';
import { findByTransaction } from '#shared/sessions/find-by-transaction.ts';
import { keepOrphan } from '#shared/sessions/orphans.ts';
import {
  earlierPlugIns,
  notePlugIn,
  nothingEarlier,
  type PlugIns,
} from '#shared/sessions/plug-in.ts';
import { findSession, type WholeSession } from '#shared/sessions/session-view.ts';

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
    const whole = await take(event, { transactionId, known, shown }, ctx);
    return { ...info, ...costOf(whole, event.request) };
  },
});

/** What it cost in the end; and until then what it costs so far, where the charger shows that (I02). */
function costOf(whole: WholeSession | undefined, { eventType }: Request) {
  const isRunning = eventType === 'Updated' && whole?.session.shows_cost === true;
  if (!whole || !(isRunning || eventType === 'Ended')) return {};
  return { totalCost: whole.live.total_minor / 100 };
}

/** An event, with what is known of its transaction and thought of its token. */
interface Told {
  readonly transactionId: string;
  readonly known: WholeSession | undefined;
  readonly shown: ShownToken | undefined;
}

/** Takes the event; the session as it left it. */
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
    await note(event, transactionId, place, ctx);
    // The session may have begun meanwhile; else whoever begins it will find the note.
    const begun = await findByTransaction(ctx, { chargerId, transactionId });
    return begun && take(event, { transactionId, known: begun, shown }, ctx);
  }
  const begun = known ?? (await begin(event, { transactionId, shown, place, earlier }, ctx));
  const whole = await completed(event, begun, { known, shown, place }, ctx);
  const told = await report(event, whole, { known: Boolean(known), asRead: whole }, ctx);
  const overtaken = known ? undefined : await takeOvertaken(event, whole, earlier, ctx);
  const now = overtaken ?? told;
  if (now) await showOnConnector(ctx, now, place, request);
  return now;
}

/** The session with what the event tells of where it is, whose, and of which reservation. */
async function completed(
  event: Event,
  whole: WholeSession,
  { known, shown, place }: Pick<Told, 'known' | 'shown'> & Pick<Beginning, 'place'>,
  ctx: Context,
): Promise<WholeSession> {
  const { id, connector, token_uid } = whole.session;
  const { request } = event;
  const isPlaced = place !== undefined && connector === 0;
  if (isPlaced) await chooseConnector(ctx, id, place.id);
  // Another event may have begun it at the same moment, without the token that this one shows.
  const isShown = shown !== undefined && (known !== undefined || token_uid === null);
  if (isShown) await tokenShown(event, whole, shown, ctx);
  const isClaimed = known !== undefined && isNewsOf(request, known);
  if (isClaimed) await claimReservation(ctx, id, request.reservationId);
  return isPlaced || isShown || isClaimed ? ((await findSession(ctx, id)) ?? whole) : whole;
}

async function note(
  { request, peer }: Event,
  transactionId: string,
  place: Connector | undefined,
  ctx: Context,
): Promise<void> {
  await notePlugIn(ctx, peer.chargerId, transactionId, {
    seq: sequenceNumber(request) ?? 0,
    connector: place?.id ?? null,
    registerWh: boundsOf(request, ctx).registerWh,
    isEnd: request.eventType === 'Ended',
    report: request,
  });
}

/**
 * Events that were taken for a mere cable because the one that makes a session of it came later, or at
 * the same moment: the end, and whatever was noted since this event looked. The session as the last of
 * them left it.
 */
async function takeOvertaken(
  event: Event,
  whole: WholeSession,
  { seen }: PlugIns,
  ctx: Context,
): Promise<WholeSession | undefined> {
  const { chargerId } = event.peer;
  const { transactionId = '' } = event.request.transactionInfo ?? {};
  const { notes } = await earlierPlugIns(ctx, chargerId, transactionId);
  let last: WholeSession | undefined;
  for (const { seq, isEnd, report: noted } of notes) {
    if (!isEnd && seen.includes(seq)) continue;
    // It was admitted like this one before it was noted.
    const earlier = { ...event, request: noted as Request, flags: [] };
    last = await report(earlier, whole, { known: true }, ctx);
  }
  return last;
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
