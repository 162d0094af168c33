import type { Context } from '#shared/core/context.ts';
import { notFound } from '#shared/core/errors.ts';
import { keys } from '#shared/db/keys.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { sessionItem, takeConnector } from '#shared/sessions/create-session.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
import { findSession } from '#shared/sessions/session-view.ts';

/** A session begun before its connector was known (2.0.1: authorised first, plugged in later) gets it. */
export async function chooseConnector(ctx: Context, sessionId: string, connector: number) {
  await changeSession(ctx, sessionId, ({ session, live }) => {
    if (session.connector !== 0 || connector === 0) return undefined;
    const placed = { ...session, connector };
    return {
      live,
      events: [{ type: SessionUpdated }],
      writes: [
        { op: 'put', item: sessionItem(ctx, placed), when: 'present' },
        takeConnector(ctx, placed, true),
      ],
      because: `The driver chose connector ${connector}.`,
    };
  });
}

/** The driver showed a token after the transaction had begun: the session gets it, unless it has one. */
export async function nameToken(ctx: Context, sessionId: string, uid: string): Promise<void> {
  const whole = await findSession(ctx, sessionId);
  if (!whole) throw notFound('Session');
  if (whole.session.token_uid !== null) return;
  const key = keys.session(ctx.tenantId, sessionId);
  await ctx.table.write([
    { op: 'update', key, set: { token_uid: uid, auth_method: 'rfid' }, when: 'present' },
  ]);
}
