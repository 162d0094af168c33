import type { Context } from '#shared/core/context.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { sessionItem, takeConnector } from '#shared/sessions/create-session.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';

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
