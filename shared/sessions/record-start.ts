import { attemptRow, isOfOneSession } from '#shared/authorizations/record-attempt.ts';
import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { findCharger } from '#shared/chargers/charger-view.ts';
import { newCommand } from '#shared/commands/queue-command.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import { ensureConnector } from '#shared/connectors/report-status.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import type { DueTask, Recorded } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { fulfilment } from '#shared/reservations/fulfil-reservation.ts';
import { authMethodOf } from '#shared/sessions/auth-method.ts';
import type { Begin } from '#shared/sessions/begin.ts';
import { startInstant } from '#shared/sessions/charger-clock.ts';
import { chargingSince } from '#shared/sessions/charging-since.ts';
import { createSession } from '#shared/sessions/create-session.ts';
import { SessionStarted } from '#shared/sessions/events.ts';
import { flagged } from '#shared/sessions/read-meter.ts';
import { LiveSession, Session } from '#shared/sessions/session.ts';
import type { WholeSession } from '#shared/sessions/session-view.ts';
import { timeLimit } from '#shared/sessions/time-limit.ts';
import { termsInForce } from '#shared/tariffs/site-tariff.ts';
import type { Authorization } from '#shared/tokens/authorize.ts';
import { noteUse } from '#shared/tokens/note-use.ts';
import { countOpen, sessionLimit } from '#shared/tokens/open-sessions.ts';

/** A transaction on its way to its session. */
export interface Making {
  readonly asked: WholeSession | undefined;
  readonly authorization: Authorization;
  readonly reservationId: string | undefined;
  readonly transactionId: string;
  readonly writes: (sessionId: string) => Write[];
}

/** A start at the charger itself, or one that we had given up on (that one is stopped at once). */
export async function recordStart(
  ctx: Context,
  begin: Begin,
  making: Making,
): Promise<WholeSession> {
  const { authorization, asked, transactionId, writes } = making;
  const session = await locallyStarted(ctx, begin, making);
  const blank = LiveSession.parse({
    session_id: session.id,
    status: 'charging',
    version: 1,
    updated_at: isoNow(ctx),
  });
  const live = chargingSince(ctx, blank, begin, transactionId, null);
  const holder = await holderOf(ctx, begin);
  const decided = decision(ctx, begin, session, authorization);
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
      writes: [...writes(session.id), ...stop.writes, ...decided.writes],
      moreEvents: decided.events,
      tasks: [...timeLimit(ctx, session, live), ...fulfilment(ctx, session), ...stop.tasks],
      supersede,
    },
  );
  await noteUse(ctx, authorization, begin.chargerId);
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
  { authorization, asked, reservationId }: Making,
): Promise<Session> {
  const { token, verdict } = authorization;
  const charger = authorization.charger ?? (await findCharger(ctx, begin.chargerId));
  const siteId = charger?.site_id ?? null;
  const { at } = startInstant(begin.at, ctx.now(), null);
  const terms = await termsInForce(ctx, siteId, at);
  const organization = authorization.organization ?? (await getOrganization(ctx));
  const known = token || verdict === 'accepted';
  return Session.parse({
    id: ctx.newId('sess'),
    charger_id: begin.chargerId,
    connector: begin.connector,
    site_id: siteId,
    auth_method: asked
      ? asked.session.auth_method
      : begin.tokenUid && known
        ? authMethodOf(token)
        : 'unknown',
    token_uid: begin.tokenUid,
    driver_id: asked ? asked.session.driver_id : (token?.driver_id ?? null),
    reservation_id: asked ? null : reservationId,
    start_verdict: verdict,
    counted: token !== undefined && sessionLimit(token, organization) !== null,
    started_at: at,
    tariff: terms,
    currency: terms.id ? terms.currency : organization.currency,
    shows_cost: charger !== undefined && capabilitiesOf(charger).cost_updates,
    live_url: ctx.urls.live,
    livemode: ctx.livemode,
    created_at: isoNow(ctx),
  });
}

/** The decision on the token of a start is kept with the start: a repeat makes no other. */
function decision(
  ctx: Context,
  { tokenUid: uid, chargerId, connector }: Begin,
  session: Session,
  authorization: Authorization,
): { writes: Write[]; events: Recorded[] } {
  if (!uid || isOfOneSession(authorization)) return { writes: [], events: [] };
  const attempt = { uid, chargerId, connector, purpose: 'start', sessionId: session.id } as const;
  const { row, event } = attemptRow(ctx, attempt, authorization);
  const counted = session.counted ? countOpen(ctx, session) : [];
  return { writes: [{ op: 'put', when: 'absent', item: row }, ...counted], events: [event] };
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
    serves: { kind: 'session', id: session.id },
    input: { transaction_id: transactionId },
  });
  return { writes, tasks: [dueTask(ctx, DispatchCommands, { charger_id: session.charger_id })] };
}
