import type { Context } from '#shared/core/context.ts';
import { getOrganization } from '#shared/organizations/organization.ts';
import { authMethodOf } from '#shared/sessions/auth-method.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { sessionItem } from '#shared/sessions/create-session.ts';
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
      start_verdict: verdict,
      auth_method: token || verdict === 'accepted' ? authMethodOf(token) : 'unknown',
      counted: !isOver && token !== undefined && sessionLimit(token, limits) !== null,
    };
    return {
      live,
      events: [{ type: SessionUpdated }],
      writes: [
        { op: 'put', item: sessionItem(ctx, named), when: 'present' },
        ...(session.counted ? uncountOpen(ctx, session) : []),
        ...(named.counted ? countOpen(ctx, named) : []),
      ],
      because: 'The driver showed a token.',
    };
  });
}
