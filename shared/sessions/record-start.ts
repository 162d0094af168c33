import { findCharger } from '#shared/chargers/charger-view.ts';
import { newCommand } from '#shared/commands/queue-command.ts';
import { DispatchCommands } from '#shared/commands/tasks.ts';
import { ensureConnector } from '#shared/connectors/report-status.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
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
import type { Authorization } from '#shared/tokens/token.ts';

/** A transaction on its way to its session. */
export interface Making {
  readonly asked: WholeSession | undefined;
  readonly authorization: Authorization;
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
  const session = await locallyStarted(ctx, begin, authorization, asked);
  const blank = LiveSession.parse({
    session_id: session.id,
    status: 'charging',
    version: 1,
    updated_at: isoNow(ctx),
  });
  const live = chargingSince(ctx, blank, begin, transactionId, null);
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
    live_url: ctx.urls.live,
    livemode: ctx.livemode,
    created_at: isoNow(ctx),
  });
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
