import { findCharger } from '#shared/chargers/charger-view.ts';
import { newCommand } from '#shared/commands/queue-command.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import { ensureConnector } from '#shared/connectors/report-status.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { sha256 } from '#shared/core/ids.ts';
import { retrying } from '#shared/core/retry.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { startInstant } from '#shared/sessions/charger-clock.ts';
import { createSession } from '#shared/sessions/create-session.ts';
import { SessionStarted, SessionUpdated } from '#shared/sessions/events.ts';
import { flagged } from '#shared/sessions/read-meter.ts';
import { withSequence } from '#shared/sessions/sequence.ts';
import { LiveSession, Session } from '#shared/sessions/session.ts';
import { findSession, type WholeSession } from '#shared/sessions/session-view.ts';
import { timeLimit } from '#shared/sessions/time-limit.ts';
import { termsInForce } from '#shared/tariffs/site-tariff.ts';
import { type Authorization, authorize } from '#shared/tokens/token.ts';

/** A charger says that a transaction has begun. */
export interface Begin {
  readonly chargerId: string;
  readonly connector: number;
  readonly tokenUid: string | null;
  readonly meterStartWh: number | null;
  /** The charger's own time. */
  readonly at: string;
  readonly offline: boolean;
  /** Given by the charger (2.0.1); where it is left to us (1.6), `transactionId` makes it. */
  readonly transactionId: string | undefined;
  /** What a repeat of this very report has in common with it. */
  readonly repeatKey: string;
  readonly remoteStartId?: number | undefined;
  /** 2.0.1: numbers below this one that were never seen are missing. */
  readonly seq?: { readonly below: number; readonly seen: readonly number[] } | undefined;
  readonly flags?: readonly string[];
}

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
  const startKey = keys.start(ctx.tenantId, begin.chargerId, sha256(begin.repeatKey));
  const authorization: Authorization = begin.tokenUid
    ? await authorize(ctx, begin.tokenUid)
    : { verdict: 'accepted', token: undefined };
  return retrying(async () => {
    const earlier = await repeated(ctx, startKey);
    if (earlier) return { ...earlier, authorization };
    const transactionId = begin.transactionId ?? (await nextTransactionId(ctx, begin.chargerId));
    const asked = await requestedSession(ctx, begin, authorization);
    const writes = startRows(ctx, begin, startKey, transactionId);
    const make = asked?.live.status === 'starting' ? join : record;
    const whole = await make(ctx, begin, { asked, authorization, transactionId, writes });
    return { whole, transactionId, authorization };
  });
}

async function repeated(ctx: Context, startKey: { pk: string; sk: string }) {
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

async function requestedSession(
  ctx: Context,
  { connector, chargerId, remoteStartId }: Begin,
  { token }: Authorization,
): Promise<WholeSession | undefined> {
  if (token?.session_id) return findSession(ctx, token.session_id);
  if (remoteStartId === undefined) return undefined;
  const row = await ctx.table.get(keys.connector(ctx.tenantId, chargerId, connector));
  const id = row?.['session_id'];
  const whole = typeof id === 'string' ? await findSession(ctx, id) : undefined;
  return whole?.session.remote_start_id === remoteStartId ? whole : undefined;
}

interface Making {
  readonly asked: WholeSession | undefined;
  readonly authorization: Authorization;
  readonly transactionId: string;
  readonly writes: (sessionId: string) => Write[];
}

const startRows =
  (ctx: Context, begin: Begin, startKey: { pk: string; sk: string }, transactionId: string) =>
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
    const next = charging(ctx, live, begin, transactionId, session.started_at);
    return {
      live: next,
      events: [{ type: SessionUpdated }],
      writes: writes(session.id),
      tasks: timeLimit(ctx, session, next),
      because: 'The charger began the transaction.',
    };
  });
  if (!whole) throw notFound('Session');
  return whole;
}

/** A start at the charger itself, or one that we had given up on (that one is stopped at once). */
async function record(ctx: Context, begin: Begin, making: Making): Promise<WholeSession> {
  const { authorization, asked, transactionId, writes } = making;
  const session = await locallyStarted(ctx, begin, authorization, asked);
  const blank = LiveSession.parse({
    session_id: session.id,
    status: 'charging',
    version: 1,
    updated_at: isoNow(ctx),
  });
  const live = charging(ctx, blank, begin, transactionId, null);
  const holder = await holderOf(ctx, begin);
  const stop = asked ? stopAtOnce(ctx, session, transactionId) : { writes: [], tasks: [] };
  const supersede = holder !== null;
  const odd = supersede ? ['replaced_open_session'] : [];
  const flaggedLive = { ...live, flags: flagged(live, ...odd) };
  await createSession(
    ctx,
    { session, live: flaggedLive },
    {
      type: SessionStarted,
      because: asked
        ? 'The charger began a transaction that was canceled.'
        : 'Started at the charger.',
      writes: [...writes(session.id), ...stop.writes],
      tasks: [...timeLimit(ctx, session, live), ...stop.tasks],
      supersede,
    },
  );
  return { session, live: flaggedLive };
}

/** The session that holds the connector; connector 0 is one not chosen yet, which nobody holds. */
async function holderOf(ctx: Context, { chargerId, connector }: Begin): Promise<string | null> {
  if (connector === 0) return null;
  return (await ensureConnector(ctx, chargerId, connector)).session_id;
}

async function locallyStarted(
  ctx: Context,
  begin: Begin,
  { token, verdict }: Authorization,
  asked: WholeSession | undefined,
): Promise<Session> {
  const charger = await findCharger(ctx, begin.chargerId);
  const siteId = charger?.site_id ?? null;
  const { at } = startInstant(begin.at, ctx.now(), null);
  const terms = await termsInForce(ctx, siteId, at);
  const { currency } = await getOrganization(ctx);
  const known = token || verdict === 'accepted';
  return Session.parse({
    id: ctx.newId('sess'),
    charger_id: begin.chargerId,
    connector: begin.connector,
    site_id: siteId,
    auth_method: asked ? 'api' : begin.tokenUid && known ? 'rfid' : 'unknown',
    token_uid: begin.tokenUid,
    started_at: at,
    tariff: terms,
    currency: terms.id ? terms.currency : currency,
    livemode: ctx.livemode,
    created_at: isoNow(ctx),
  });
}

function charging(
  ctx: Context,
  live: LiveSession,
  begin: Begin,
  transactionId: string,
  notBefore: string | null,
): LiveSession {
  const clock = startInstant(begin.at, ctx.now(), notBefore);
  return {
    ...live,
    status: 'charging',
    transaction_id: transactionId,
    charging_started_at: clock.at,
    clock_offset_s: clock.offsetSeconds,
    meter_start_wh: begin.meterStartWh,
    meter_wh: begin.meterStartWh,
    meter_at: clock.at,
    readings: [{ at: clock.at, wh: 0 }],
    ...sequenceFrom(begin.seq),
    offline: live.offline || begin.offline,
    flags: flagged(live, ...clock.flags, ...(begin.flags ?? [])),
  };
}

/** The report itself is counted when its content is taken; here only what must have come before it. */
function sequenceFrom(seq: Begin['seq']): Pick<LiveSession, 'last_seq' | 'missing_seq'> {
  if (!seq || seq.below === 0) return { last_seq: null, missing_seq: [] };
  const { missing_seq: all } = withSequence({ last_seq: null, missing_seq: [] }, seq.below);
  return { last_seq: seq.below - 1, missing_seq: all.filter((n) => !seq.seen.includes(n)) };
}

function stopAtOnce(
  ctx: Context,
  session: Session,
  transactionId: string,
): { writes: Write[]; tasks: DueTask[] } {
  const { writes } = newCommand(ctx, {
    type: 'stop_session',
    chargerId: session.charger_id,
    connector: session.connector,
    sessionId: session.id,
    input: { transaction_id: transactionId },
  });
  return { writes, tasks: [dueTask(ctx, DispatchCommands, { charger_id: session.charger_id })] };
}
