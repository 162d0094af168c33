import { capabilitiesOf } from '#shared/chargers/capabilities.ts';
import { completeChargers, findCharger, type WholeCharger } from '#shared/chargers/charger-view.ts';
import { isTerminal } from '#shared/commands/command.ts';
import { findCommand } from '#shared/commands/settle-command.ts';
import { connectorPlace } from '#shared/connectors/connector-place.ts';
import { keepConnector } from '#shared/connectors/keep-connector.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import { askCharger } from '#shared/reservations/ask-charger.ts';
import { changeReservation, type Step } from '#shared/reservations/change-reservation.ts';
import { ending } from '#shared/reservations/end-reservation.ts';
import { held } from '#shared/reservations/held.ts';
import { ANSWER_WITHIN_S, LEAD_S } from '#shared/reservations/lead.ts';
import { isOver, type Reservation } from '#shared/reservations/reservation.ts';
import { authorize } from '#shared/tokens/authorize.ts';

/**
 * What the clock does to a reservation, by the state it finds: soon before its window the connector is
 * kept and the charger asked; when the window opens it is active, or rejected where another still
 * charges there; when it closes it has expired. A charger that does not answer is not waited for.
 */
export async function advanceReservation(ctx: Context, id: string): Promise<void> {
  await changeReservation(ctx, id, async (before) => {
    const now = isoNow(ctx);
    if (isOver(before)) return undefined;
    if (now >= before.expires_at) return ending(ctx, before, { status: 'expired' });
    if (before.status === 'requested')
      return now < plusSeconds(before.created_at, ANSWER_WITHIN_S)
        ? undefined
        : held(ctx, before, 'platform');
    if (before.status === 'active') return undefined;
    if (now < plusSeconds(before.starts_at, -LEAD_S)) return undefined;
    return approach(ctx, before);
  });
}

async function approach(ctx: Context, before: Reservation): Promise<Step> {
  const { verdict } = await authorize(ctx, {
    uid: before.token_uid,
    chargerId: before.charger_id,
    purpose: 'standing',
  });
  if (verdict !== 'accepted') return refuse(ctx, before, 'policy');
  const charger = await findCharger(ctx, before.charger_id);
  const [whole] = charger ? await completeChargers(ctx, [charger]) : [];
  const connector = whole?.connectors.find((c) => c.id === before.connector);
  if (!whole || !connector) return refuse(ctx, before, 'unavailable');
  const open = isoNow(ctx) >= before.starts_at;
  const asks = await shouldAsk(ctx, whole, before);
  if (open && !asks && connector.session_id !== null) return refuse(ctx, before, 'occupied');
  const call = asks
    ? askCharger(ctx, before, connectorPlace(whole.connectors, connector.id))
    : undefined;
  // Until its own window opens, the one before it keeps the connector.
  const keeps =
    connector.reservation_id !== before.id && (open || connector.reservation_id === null);
  const kept = keeps ? keepConnector(ctx, connector, before.id, before.site_id) : undefined;
  return {
    reservation: {
      ...before,
      status: open ? 'active' : before.status,
      command_id: call?.commandId ?? before.command_id,
    },
    writes: [...(kept ? [kept.write] : []), ...(call?.writes ?? [])],
    tasks: call?.tasks ?? [],
    moreEvents: kept?.events ?? [],
  };
}

const refuse = (
  ctx: Context,
  before: Reservation,
  rejected_reason: 'policy' | 'unavailable' | 'occupied',
) => ending(ctx, before, { status: 'rejected', rejected_reason });

/** A charger that can keep it, does not yet, and does not owe us the answer. */
async function shouldAsk(ctx: Context, { charger }: WholeCharger, before: Reservation) {
  if (before.held_by === 'charger' || !capabilitiesOf(charger).reservation) return false;
  const asked = before.command_id ? await findCommand(ctx, before.command_id) : undefined;
  return !asked || isTerminal(asked.status);
}
