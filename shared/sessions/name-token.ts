import type { Context } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { authMethodOf } from '#shared/sessions/auth-method.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { listOfDriver, sessionItem } from '#shared/sessions/create-session.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
import type { Session } from '#shared/sessions/session.ts';
import type { Authorization } from '#shared/tokens/authorize.ts';
import { countOpen, sessionLimit, uncountOpen } from '#shared/tokens/open-sessions.ts';

/**
 * The driver showed a token after the transaction had begun, without one or with one that was refused:
 * the session gets it. One that is over gets it too where it has none: its beginning was told last.
 */
export async function nameToken(
  ctx: Context,
  sessionId: string,
  uid: string,
  { token, verdict, organization }: Authorization,
): Promise<void> {
  const limits = organization ?? (await getOrganization(ctx));
  await changeSession(ctx, sessionId, ({ session, live }) => {
    const isOver = live.status === 'ended' || live.status === 'failed';
    const isRefused = !isOver && session.start_verdict !== 'accepted';
    if (session.token_uid !== null && !isRefused) return undefined;
    const named: Session = {
      ...session,
      token_uid: uid,
      driver_id: token?.driver_id ?? session.driver_id,
      start_verdict: verdict,
      auth_method: token || verdict === 'accepted' ? authMethodOf(token) : 'unknown',
      counted: !isOver && token !== undefined && sessionLimit(token, limits) !== null,
    };
    return {
      live,
      session: named,
      events: [{ type: SessionUpdated }],
      writes: [
        { op: 'put', item: sessionItem(ctx, named), when: 'present' },
        ...handOver(ctx, session, named),
        ...(session.counted ? uncountOpen(ctx, session) : []),
        ...(named.counted ? countOpen(ctx, named) : []),
      ],
      because: 'The driver showed a token.',
    };
  });
}

/** From one driver's list to that of the next. */
function handOver(ctx: Context, before: Session, after: Session): Write[] {
  const { id, started_at: at, driver_id: driver } = before;
  if (driver === after.driver_id) return [];
  const key = driver === null ? undefined : keys.sessionOfDriver(ctx.tenantId, driver, at, id);
  return [...(key ? [{ op: 'delete' as const, key }] : []), ...listOfDriver(ctx, after)];
}
