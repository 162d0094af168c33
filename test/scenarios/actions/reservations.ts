import { describe, expect, it } from 'vitest';
import { ReservationView } from '#shared/reservations/reservation.ts';
import { eventually } from '#test/support/eventually.ts';
import type { Stage } from '#test/support/stage.ts';

const HOLDER = '04RESERVED1';

/** A place kept for somebody, by the charger itself. */
export const describeReservations = (stage: Stage) => {
  const reserve = async (connector: number, token_uid: string) => {
    const expires_at = new Date(Date.now() + 600_000).toISOString();
    const wanted = { charger_id: stage.id, connector, expires_at, token_uid };
    const { id } = await stage.api.post('/v1/reservations', wanted, ReservationView);
    return becomes(id, { status: 'active', held_by: 'charger' });
  };
  const becomes = (id: string, like: Partial<ReservationView>) =>
    eventually(async () => {
      const reservation = await stage.api.get(`/v1/reservations/${id}`, ReservationView);
      expect(reservation).toMatchObject(like);
      return reservation;
    });

  describe('a reservation', () => {
    it('keeps others off, and is fulfilled by whom it is for', async () => {
      const { id } = await reserve(1, HOLDER);
      await stage.event('connector.status_changed', { id: 1, status: 'Reserved' });
      stage.simulator.tap('04SOMEBODYELSE', 1);
      await stage.until(({ acceptedTags }) => acceptedTags.includes('04SOMEBODYELSE'));
      expect(stage.simulator.state().connectors).toMatchObject([{ grant: null }, { grant: null }]);
      stage.simulator.plugIn(1);
      stage.simulator.tap(HOLDER, 1);
      await stage.until(({ connectors }) => connectors[0]?.session != null);
      expect(stage.simulator.state().connectors[0]?.session?.tag.id).toBe(HOLDER);
      const { session_id } = await becomes(id, { status: 'fulfilled' });
      expect(await stage.api.session(session_id ?? '')).toMatchObject({ reservation_id: id });
      stage.simulator.stop(1);
      await stage.event('reservation.fulfilled', { id });
      await stage.api.whenFree(stage.id);
    });

    it('is canceled, and the connector is free', async () => {
      const { id } = await reserve(2, HOLDER);
      await stage.api.ask('DELETE', `/v1/reservations/${id}`);
      await becomes(id, { status: 'canceled', canceled_by: 'request' });
      await stage.until(({ store }) => store.reservations.length === 0);
      await stage.api.whenFree(stage.id);
    });
  });
};

/** What only 2.0.1 has a message for. */
export const describeDroppedReservation = (stage: Stage) =>
  describe('a reservation of a connector that breaks', () => {
    it('is given up by the charger, which says so', async () => {
      const expires_at = new Date(Date.now() + 600_000).toISOString();
      const wanted = { charger_id: stage.id, connector: 2, expires_at, token_uid: HOLDER };
      const { id } = await stage.api.post('/v1/reservations', wanted, ReservationView);
      await stage.until(({ store }) => store.reservations.length === 1);
      stage.simulator.fault('InternalError', 2);
      await stage.event('reservation.canceled', { id, canceled_by: 'charger' });
      stage.simulator.clearFault(2);
      await stage.api.whenFree(stage.id);
    });
  });
