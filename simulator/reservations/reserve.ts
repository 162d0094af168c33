import type { ChargerState, Connector, Tag } from '#simulator/charger-state.ts';
import { findConnector, isUsable } from '#simulator/charging/connectors.ts';
import { sameTag } from '#simulator/local-list/local-list.ts';
import type { Reservation } from '#simulator/reservations/reservation.ts';
import { settingFlag } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

type ReserveVerdict = 'Accepted' | 'Faulted' | 'Occupied' | 'Rejected' | 'Unavailable';

/** Keeps a place for somebody; the same id again takes the place of the one before [1.6 section 5.13; 2.0.1 H01]. */
export function reserve(turn: Turn, wanted: Reservation): ReserveVerdict {
  const { state, now } = turn;
  if (wanted.expiresAt <= now) return 'Rejected';
  if (wanted.connectorId === null && !settingFlag(turn, 'reserveAnyConnector')) return 'Rejected';
  const among = state.connectors.filter(
    ({ id, plug }) =>
      (wanted.connectorId === null || id === wanted.connectorId) &&
      (wanted.plug === null || plug === wanted.plug),
  );
  if (among.length === 0) return 'Rejected';
  const others = state.store.reservations.filter(({ id }) => id !== wanted.id);
  const free = among.filter((one) => isIdle(one) && !heldBy(others, one));
  const floating = wanted.connectorId === null ? others.filter(isFloating).length : 0;
  if (free.length > floating) {
    keep(state, { reservations: [...others, wanted] });
    return 'Accepted';
  }
  if (among.every(({ fault }) => fault !== null)) return 'Faulted';
  return among.every((one) => !isUsable(one)) ? 'Unavailable' : 'Occupied';
}

const isFloating = ({ connectorId }: Reservation): boolean => connectorId === null;

const heldBy = (reservations: readonly Reservation[], { id }: Connector): Reservation | undefined =>
  reservations.find(({ connectorId }) => connectorId === id);

/** Nobody is here, nor about to be. */
const isIdle = (connector: Connector): boolean =>
  isUsable(connector) &&
  !connector.session &&
  !connector.car &&
  !connector.grant &&
  !connector.authorizing &&
  !connector.finishing;

/** The reservation that lets somebody charge here: his own, or his group's. */
export function reservationFor(
  { store }: ChargerState,
  connector: Connector,
  tag: Tag,
  group: string | null,
): Reservation | undefined {
  const his = store.reservations.filter(
    (one) =>
      sameTag(one.tag.id, tag.id) || (one.group && group !== null && sameTag(one.group, group)),
  );
  return (
    heldBy(his, connector) ??
    his.find((one) => isFloating(one) && (one.plug === null || one.plug === connector.plug))
  );
}

/** Whether a connector is kept for others, or is the last one that can be. */
export function isBarred(
  state: ChargerState,
  connector: Connector,
  tag: Tag,
  group: string | null,
): boolean {
  const { reservations } = state.store;
  if (reservations.length === 0 || reservationFor(state, connector, tag, group)) return false;
  if (heldBy(reservations, connector)) return true;
  const floating = reservations.filter(isFloating).length;
  const left = state.connectors.filter((one) => isUsable(one) && !one.session);
  return floating > 0 && left.filter((one) => !heldBy(reservations, one)).length <= floating;
}

/** The reservation is used up by the charge that begins. */
export function useReservation(
  { state }: Turn,
  connector: Connector,
  tag: Tag,
  group: string | null,
): number | null {
  const used = reservationFor(state, connector, tag, group);
  if (used) drop(state, used);
  return used?.id ?? null;
}

export function cancelReservation({ state }: Turn, id: number): boolean {
  const found = state.store.reservations.find((one) => one.id === id);
  if (found) drop(state, found);
  return found !== undefined;
}

function drop(state: ChargerState, gone: Reservation): void {
  keep(state, { reservations: state.store.reservations.filter((one) => one !== gone) });
}

/** Ends the reservations that ran out, or whose connector can no longer be used; marks what is kept. */
export function tendReservations(turn: Turn): void {
  const { state, now } = turn;
  for (const one of state.store.reservations) {
    const connector = findConnector(state, one.connectorId);
    if (one.expiresAt <= now) turn.dialect.notices.reservationEnded(turn, one, 'Expired');
    else if (connector && (connector.fault !== null || !connector.operative)) {
      turn.dialect.notices.reservationEnded(turn, one, 'Removed');
    } else continue;
    drop(state, one);
  }
  markReserved(state);
}

/** Places kept without a connector show once no other connector is left [2.0.1 H01.FR.20]. */
function markReserved(state: ChargerState): void {
  const { reservations } = state.store;
  if (reservations.length === 0 && state.connectors.every(({ reserved }) => !reserved)) return;
  const idle = state.connectors.filter(isIdle);
  const unheld = idle.filter((one) => !heldBy(reservations, one));
  const floating = reservations.filter(isFloating).length;
  const allKept = floating > 0 && unheld.length <= floating;
  for (const connector of state.connectors) {
    const held = reservations.length > 0 && heldBy(reservations, connector) !== undefined;
    connector.reserved = held || (allKept && unheld.includes(connector));
  }
}

export const nextExpiryAt = ({ store }: ChargerState): number =>
  Math.min(Number.POSITIVE_INFINITY, ...store.reservations.map(({ expiresAt }) => expiresAt));
