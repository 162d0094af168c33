import type { Connector } from '#shared/connectors/connector.ts';
import { locateConnector } from '#shared/connectors/locate-connector.ts';
import { occupiedStatus } from '#shared/connectors/occupied-status.ts';
import { reportStatus } from '#shared/connectors/report-status.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { type Admitted, defineMoneyInbound, type Salvaged } from '#shared/ocpp/action.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import { idTokenInfo } from '#shared/ocpp/v201/id-token-info.ts';
import { samplesOf } from '#shared/ocpp/v201/samples-of.ts';
import { flowOf, stopReasonOf } from '#shared/ocpp/v201/transactions/words.ts';
import { beginCharging } from '#shared/sessions/begin-charging.ts';
import { chooseConnector, nameToken } from '#shared/sessions/choose-connector.ts';
import { endCharging } from '#shared/sessions/end-charging.ts';
import { findByTransaction } from '#shared/sessions/find-by-transaction.ts';
import { keepOrphan } from '#shared/sessions/orphans.ts';
import { earlierPlugIns, notePlugIn } from '#shared/sessions/plug-in.ts';
import { reportProgress } from '#shared/sessions/report-progress.ts';
import { findSession, type WholeSession } from '#shared/sessions/session-view.ts';
import { authorize } from '#shared/tokens/token.ts';

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
    const { transactionInfo, idToken } = event.request;
    const transactionId = transactionInfo?.transactionId;
    const uid = idToken?.type === 'NoAuthorization' ? undefined : idToken?.idToken;
    const info = uid ? { idTokenInfo: idTokenInfo(await authorize(ctx, uid)) } : {};
    if (transactionId === undefined) {
      await keepOrphan(
        ctx,
        event.peer.chargerId,
        'TransactionEvent',
        event.messageId,
        event.request,
      );
      return info;
    }
    const ended = await take(event, transactionId, uid, ctx);
    return { ...info, ...(ended ? { totalCost: ended.live.total_minor / 100 } : {}) };
  },
});

/** Takes the event; the session, if this ended it. */
async function take(
  event: Event,
  transactionId: string,
  uid: string | undefined,
  ctx: Context,
): Promise<WholeSession | undefined> {
  const { request, peer } = event;
  const { chargerId } = peer;
  const place = request.evse?.id
    ? await locateConnector(ctx, chargerId, request.evse.id, request.evse.connectorId)
    : undefined;
  const known = await findByTransaction(ctx, { chargerId, transactionId });
  if (!known && isOnlyPluggedIn(request, uid)) {
    if (request.eventType !== 'Ended')
      await notePlugIn(ctx, chargerId, transactionId, request.seqNo ?? 0, place?.id ?? null);
    return undefined;
  }
  const whole = known ?? (await begin(event, transactionId, uid, place, ctx));
  const id = whole.session.id;
  if (place) await chooseConnector(ctx, id, place.id);
  if (uid) await nameToken(ctx, id, uid);
  await (request.eventType === 'Ended'
    ? end(event, id, ctx)
    : progress(event, id, Boolean(known), ctx));
  const now = await findSession(ctx, id);
  if (now) await showOnConnector(ctx, now, place, request.timestamp);
  return request.eventType === 'Ended' ? now : undefined;
}

/** A cable in a socket is no session yet: no token, no request of ours, and no energy. */
function isOnlyPluggedIn(
  { transactionInfo, meterValue }: Request,
  uid: string | undefined,
): boolean {
  const { chargingState, remoteStartId } = transactionInfo ?? {};
  const idle =
    chargingState === undefined || chargingState === 'EVConnected' || chargingState === 'Idle';
  const registers = samplesOf(meterValue, '')
    .map((s) => s.registerWh)
    .filter((wh) => wh !== null);
  const delivered = registers.some((wh) => wh !== registers[0]);
  return idle && !uid && remoteStartId === undefined && !delivered;
}

async function begin(
  event: Event,
  transactionId: string,
  uid: string | undefined,
  place: Connector | undefined,
  ctx: Context,
): Promise<WholeSession> {
  const { request, peer, flags } = event;
  const earlier = await earlierPlugIns(ctx, peer.chargerId, transactionId);
  const [first] = samplesOf(request.meterValue, isoNow(ctx));
  const late = request.eventType !== 'Started' && earlier.seen.length === 0;
  const { whole } = await beginCharging(ctx, {
    chargerId: peer.chargerId,
    connector: place?.id ?? earlier.connector ?? 0,
    tokenUid: uid ?? null,
    meterStartWh: first?.registerWh ?? null,
    at: request.timestamp ?? isoNow(ctx),
    offline: request.offline ?? false,
    transactionId,
    repeatKey: `transaction|${transactionId}`,
    remoteStartId: request.transactionInfo?.remoteStartId,
    seq: { seen: earlier.seen, below: request.seqNo ?? 0 },
    flags: [...flags, ...(late ? ['start_missing'] : [])],
  });
  return whole;
}

async function progress({ request, flags }: Event, id: string, known: boolean, ctx: Context) {
  const at = request.timestamp ?? isoNow(ctx);
  const whole = await findSession(ctx, id);
  const state = flowOf(request.transactionInfo?.chargingState, (whole?.live.energy_wh ?? 0) > 0);
  await reportProgress(ctx, id, {
    samples: samplesOf(request.meterValue, isoNow(ctx)),
    flow: state && { state, at },
    seq: request.seqNo,
    offline: request.offline ?? false,
    flags: known ? flags : [],
  });
}

const end = ({ request, flags }: Event, id: string, ctx: Context) =>
  endCharging(ctx, id, {
    at: request.timestamp ?? isoNow(ctx),
    meterStopWh: null,
    samples: samplesOf(request.meterValue, isoNow(ctx)),
    reason: stopReasonOf(request.transactionInfo?.stoppedReason),
    seq: request.seqNo,
    offline: request.offline ?? false,
    flags,
  });

/** The connector shows what its session does, since Occupied does not say. */
async function showOnConnector(
  ctx: Context,
  { session, live }: WholeSession,
  place: Connector | undefined,
  at: string | undefined,
): Promise<void> {
  const connector = place?.id ?? session.connector;
  if (connector === 0) return;
  const was = { status: live.status === 'ended' ? ('Charging' as const) : ('Preparing' as const) };
  await reportStatus(ctx, {
    chargerId: session.charger_id,
    connector,
    status: occupiedStatus(was, live),
    errorCode: null,
    vendorErrorCode: null,
    at,
  });
}
