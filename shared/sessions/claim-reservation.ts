import { type Context, isoNow } from '#shared/core/context.ts';
import { findKept } from '#shared/reservations/find-kept.ts';
import { fulfilment } from '#shared/reservations/fulfil-reservation.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { sessionItem } from '#shared/sessions/create-session.ts';
import { SessionUpdated } from '#shared/sessions/events.ts';
import { findSession } from '#shared/sessions/session-view.ts';
import { findToken } from '#shared/tokens/token.ts';

/**
 * A session whose token or connector became known after its beginning may be of a reservation;
 * `number` is what the charger calls that. It is looked for once more.
 */
export async function claimReservation(
  ctx: Context,
  sessionId: string,
  number?: number,
): Promise<void> {
  const whole = await findSession(ctx, sessionId);
  if (!whole || whole.session.reservation_id !== null) return;
  const { charger_id: chargerId, connector, token_uid: uid } = whole.session;
  const token = uid === null ? undefined : await findToken(ctx, uid);
  const shown = uid === null ? null : { uid, group: token?.group_id, driver: token?.driver_id };
  const at = isoNow(ctx);
  const reservation_id = await findKept(ctx, { chargerId, connector, at, shown, number });
  if (reservation_id === undefined) return;
  await changeSession(ctx, sessionId, ({ session, live }) => {
    if (session.reservation_id !== null) return undefined;
    const claimed = { ...session, reservation_id };
    return {
      live,
      session: claimed,
      events: [{ type: SessionUpdated }],
      writes: [{ op: 'put', item: sessionItem(ctx, claimed), when: 'present' }],
      tasks: fulfilment(ctx, claimed),
      because: 'It is of a reservation.',
    };
  });
}
