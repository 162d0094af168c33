import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/reservations/create-reservation.ts';
import { endpoint as getCharger } from '#functions/api/chargers/get-charger.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger, reconnect } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { inMinutes, reservation, reserve } from '#test/support/reserving.ts';

const types = (ctx: Parameters<typeof recordedEvents>[0]) =>
  recordedEvents(ctx)
    .map((e) => e.type)
    .filter((type) => type.startsWith('reservation.'));

describe('createReservation', () => {
  test.for([
    [
      '1.6',
      { connectorId: 1, expiryDate: '2026-06-01T05:00:00.000Z', idTag: 'HOLDER', reservationId: 1 },
    ],
    [
      '2.0.1',
      {
        id: 1,
        expiryDateTime: '2026-06-01T05:00:00.000Z',
        idToken: { idToken: 'HOLDER', type: 'ISO14443' },
        evseId: 1,
      },
    ],
  ] as const)('asks a charger of OCPP %s by the time it answers', async ([version, payload], {
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx, 'BLR-014', { version });
    const reply = await reserve(ctx);
    expect(reply.status).toBe(201);
    expect(reply.headers['Location']).toBe(`/v1/reservations/${reply.body['id']}`);
    expect(reply.body).toMatchObject({
      status: 'requested',
      held_by: null,
      token_uid_masked: '••LDER',
    });
    expect(charger.calls()).toEqual([{ id: expect.any(String), action: 'ReserveNow', payload }]);
    await charger.answer({ status: 'Accepted' });
    expect(await reservation(ctx, reply.body['id'])).toMatchObject({
      status: 'active',
      held_by: 'charger',
    });
    expect(types(ctx)).toEqual(['reservation.created', 'reservation.confirmed']);
  });

  test.for([
    ['Occupied', 'occupied'],
    ['Faulted', 'faulted'],
    ['Unavailable', 'unavailable'],
  ])('is rejected, and the connector free, when the charger says %s', async ([said, reason], {
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserve(ctx);
    await charger.answer({ status: said });
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'rejected',
      rejected_reason: reason,
    });
    expect(types(ctx)).toEqual(['reservation.created', 'reservation.rejected']);
    expect((await reserve(ctx)).status).toBe(201);
  });
});
void endpoint;
void getCharger;
void call;
void reconnect;
void inMinutes;
