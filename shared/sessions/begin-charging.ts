import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { sha256 } from '#shared/core/ids.ts';
import { retrying } from '#shared/core/retry.ts';
import { ConditionFailed, type Key, type Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { findKept } from '#shared/reservations/find-kept.ts';
import { fulfilment } from '#shared/reservations/fulfil-reservation.ts';
import type { Begin } from '#shared/sessions/begin.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { startInstant } from '#shared/sessions/charger-clock.ts';
import { chargingSince } from '#shared/sessions/charging-since.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
import { openSessionsOf } from '#shared/sessions/find-by-transaction.ts';
import { type Making, recordStart } from '#shared/sessions/record-start.ts';
import type { Session } from '#shared/sessions/session.ts';
import { findSession, type WholeSession } from '#shared/sessions/session-view.ts';
import { timeLimit } from '#shared/sessions/time-limit.ts';
import { type Authorization, authorize, unasked } from '#shared/tokens/authorize.ts';

export interface Begun {
  readonly whole: WholeSession;
  readonly transactionId: string;
  readonly authorization: Authorization;
}

/**
 * Records a transaction, whatever we think of its token: the charger has begun it, and may go on.
 * A repeat of the same report gives the same session and transaction id. A start that we asked for
 * joins its session; any other makes one of its own.
 */
export async function beginCharging(ctx: Context, begin: Begin): Promise<Begun> {
  return retrying(async () => {
    const { startKey, earlier } = await whereKept(ctx, begin);
    if (earlier) return { ...earlier, authorization: await saidBefore(ctx, begin, earlier) };
    const authorization = await authorizationOf(ctx, begin, 'start');
    const transactionId = begin.transactionId ?? (await nextTransactionId(ctx, begin.chargerId));
    const reservationId = await reservationOf(ctx, begin, authorization);
    const asked = await requestedSession(ctx, begin, authorization, reservationId);
    const writes = startRows(ctx, begin, startKey, transactionId);
    const make = asked?.live.status === 'starting' ? join : recordStart;
    const whole = await make(ctx, begin, {
      asked,
      authorization,
      reservationId,
      transactionId,
      writes,
    });
    return { whole, transactionId, authorization };
  });
}

/** What is thought of the token that a charger began with, unless that was asked before. */
async function authorizationOf(
  ctx: Context,
  { tokenUid: uid, authorization, chargerId, connector }: Begin,
  purpose: 'present' | 'start',
): Promise<Authorization> {
  if (authorization || !uid) return authorization ?? unasked;
  return authorize(ctx, { uid, chargerId, connector, purpose });
}

/** Whom a repeat is about has a session by now: its own. What was refused at the start stays refused. */
async function saidBefore(ctx: Context, begin: Begin, { whole }: Earlier): Promise<Authorization> {
  return asAtStart(await authorizationOf(ctx, begin, 'present'), whole.session);
}

/** The same answer as at the start, unless the token has been refused since. */
export const asAtStart = (
  now: Authorization,
  { start_verdict: then }: Pick<Session, 'start_verdict'>,
): Authorization => (now.verdict === 'accepted' ? { ...now, verdict: then } : now);

type Earlier = Pick<Begun, 'whole' | 'transactionId'>;

/**
 * The row that remembers this report, and what was made of it before. A clock that wakes up in 1970 each
 * time tells the same time of two starts: once the first is over, the report is of another.
 */
async function whereKept(
  ctx: Context,
  begin: Begin,
  repeatKey = begin.repeatKey,
): Promise<{ startKey: Key; earlier: Earlier | undefined }> {
  const startKey = keys.start(ctx.tenantId, begin.chargerId, sha256(repeatKey));
  const earlier = await keptAt(ctx, startKey);
  const over = earlier?.whole.live.status === 'ended';
  const timeless = startInstant(begin.at, ctx.now(), null).flags.includes('clock_not_set');
  if (!earlier || !over || !timeless || begin.transactionId) return { startKey, earlier };
  return whereKept(ctx, begin, `${begin.repeatKey}|${earlier.whole.session.id}`);
}

async function keptAt(ctx: Context, startKey: Key): Promise<Earlier | undefined> {
  const row = await ctx.table.get(startKey);
  if (typeof row?.['session_id'] !== 'string') return undefined;
  const whole = await findSession(ctx, row['session_id']);
  return whole && { whole, transactionId: String(row['transaction_id']) };
}

/** 1.6: a positive integer that this charger has not had before (errata 3.54). */
async function nextTransactionId(ctx: Context, chargerId: string): Promise<string> {
  const n = await ctx.table.increment(keys.transactionNumber(ctx.tenantId, chargerId), 'n', {
    max: 2_147_483_647,
  });
  return String(n ?? 1);
}

/** The reservation that a start is of. */
async function reservationOf(
  ctx: Context,
  { chargerId, connector, tokenUid: uid, at, reservationNumber: number }: Begin,
  { token }: Authorization,
): Promise<string | undefined> {
  const shown = uid === null ? null : { uid, group: token?.group_id, driver: token?.driver_id };
  const began = startInstant(at, ctx.now(), null).at;
  return findKept(ctx, { chargerId, connector, at: began, shown, number });
}

/**
 * The session whose start we asked for: its tag leads to it, the number that we gave (2.0.1), or the
 * reservation that it is of, whose own token the charger was given.
 */
async function requestedSession(
  ctx: Context,
  { chargerId, remoteStartId }: Begin,
  { token }: Authorization,
  reservationId: string | undefined,
): Promise<WholeSession | undefined> {
  if (token?.session_id) {
    const asked = await findSession(ctx, token.session_id);
    return asked?.session.charger_id === chargerId ? asked : undefined;
  }
  if (remoteStartId === undefined && reservationId === undefined) return undefined;
  const open = await openSessionsOf(ctx, chargerId);
  return (
    open.find(({ session }) => sameNumber(session.remote_start_id, remoteStartId)) ??
    open.find((whole) => isStartOf(whole, reservationId))
  );
}

const sameNumber = (ours: number | null, theirs: number | undefined): boolean =>
  theirs !== undefined && ours === theirs;

const isStartOf = ({ session, live }: WholeSession, reservationId: string | undefined): boolean =>
  session.reservation_id === reservationId && live.status === 'starting';

const startRows =
  (ctx: Context, begin: Begin, startKey: Key, transactionId: string) =>
  (sessionId: string): Write[] => [
    {
      op: 'put',
      when: 'absent',
      item: { ...startKey, session_id: sessionId, transaction_id: transactionId },
    },
    {
      op: 'put',
      when: 'absent',
      item: {
        ...keys.transaction(ctx.tenantId, begin.chargerId, transactionId),
        session_id: sessionId,
      },
    },
  ];

/** The start we asked for has happened. */
async function join(ctx: Context, begin: Begin, { asked, transactionId, writes }: Making) {
  if (!asked) throw notFound('Session');
  const { session } = asked;
  const whole = await changeSession(ctx, session.id, ({ live }) => {
    if (live.status !== 'starting') return undefined;
    const next = chargingSince(ctx, live, begin, transactionId, session.started_at);
    return {
      live: next,
      events: [{ type: SessionUpdated }],
      writes: writes(session.id),
      tasks: [...timeLimit(ctx, session, next), ...fulfilment(ctx, session)],
      because: 'The charger began the transaction.',
    };
  });
  if (!whole) throw notFound('Session');
  // It was over, or had begun, before we could write: look again.
  if (whole.live.transaction_id !== transactionId) throw new ConditionFailed([]);
  return whole;
}
