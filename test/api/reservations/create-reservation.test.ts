import { describe, test } from 'vitest';
import { keys } from '#shared/db/keys.ts';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { inMinutes, newsOf, reservation, reserve, reserveAhead } from '#test/support/reserving.ts';
import { settle } from '#test/support/settle.ts';

const expiry = '2026-06-01T05:00:00.000Z';
const words = [
  ['1.6', { connectorId: 1, expiryDate: expiry, idTag: 'HOLDER', reservationId: 1 }],
  [
    '2.0.1',
    {
      id: 1,
      expiryDateTime: expiry,
      idToken: { idToken: 'HOLDER', type: 'ISO14443' },
      evseId: 1,
    },
  ],
] as const;

describe('createReservation', () => {
  test.for(words)(
    'has asked a charger of OCPP %s by the time it answers',
    async ([version, payload], { expect }) => {
      const ctx = testContext();
      const charger = await anOnlineCharger(ctx, 'BLR-014', { version });
      const reply = await reserve(ctx);
      expect(reply.status).toBe(201);
      expect(reply.headers['Location']).toBe(`/v1/reservations/${reply.body['id']}`);
      expect(reply.body).toMatchObject({
        status: 'requested',
        held_by: null,
        token_uid_masked: '••LDER',
        resource_version: 1,
      });
      expect(charger.calls()).toEqual([{ id: expect.any(String), action: 'ReserveNow', payload }]);
      await charger.answer({ status: 'Accepted' });
      expect(await reservation(ctx, reply.body['id'])).toMatchObject({
        status: 'active',
        held_by: 'charger',
      });
      expect(newsOf(ctx)).toEqual(['created', 'confirmed']);
    },
  );

  test('tells the charger of the group that may use it too', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx, 'BLR-014', { version: '2.0.1' });
    await ctx.table.write([
      {
        op: 'put',
        item: { ...keys.token('demo', 'HOLDER'), uid: 'HOLDER', type: 'app', group_id: 'FLEET-7' },
      },
    ]);
    await reserve(ctx);
    expect(charger.calls().at(-1)?.payload).toMatchObject({
      idToken: { idToken: 'HOLDER', type: 'Central' },
      groupIdToken: { idToken: 'FLEET-7', type: 'Central' },
    });
  });

  test.for([
    ['Occupied', 'occupied'],
    ['Faulted', 'faulted'],
    ['Unavailable', 'unavailable'],
  ])(
    'is rejected, and its time free again, when the charger says %s',
    async ([said, reason], { expect }) => {
      const ctx = testContext();
      const charger = await anOnlineCharger(ctx);
      const { body } = await reserve(ctx);
      await charger.answer({ status: said });
      expect(await reservation(ctx, body['id'])).toMatchObject({
        status: 'rejected',
        rejected_reason: reason,
        ended_at: expect.any(String),
      });
      expect(newsOf(ctx)).toEqual(['created', 'rejected']);
      expect((await reserve(ctx)).status).toBe(201);
    },
  );

  test('is held by the platform where the charger has no reservations', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserve(ctx);
    await charger.fail('NotImplemented');
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'active',
      held_by: 'platform',
    });
    // It has learnt that, and does not ask again.
    const again = await reserveAhead(ctx);
    expect(again.body).toMatchObject({
      status: 'confirmed',
      held_by: 'platform',
      command_id: null,
    });
    expect(charger.calls()).toHaveLength(1);
    expect(newsOf(ctx)).toEqual(['created', 'confirmed', 'created', 'confirmed']);
  });

  // idTag of 1.6 has 20 characters at most.
  test('is held by the platform where the charger has no words for the token', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await reserve(ctx, { token_uid: 'A-CONTRACT-OF-MORE-THAN-20' });
    await settle(ctx);
    expect(charger.calls()).toEqual([]);
    expect(await reservation(ctx, body['id'])).toMatchObject({
      status: 'active',
      held_by: 'platform',
    });
  });

  test.for([
    ['its charger is not connected', 'charger_offline', 'offline'],
    ['it reports a fault', 'connector_faulted', 'Faulted'],
    ['it is out of service', 'connector_unavailable', 'Unavailable'],
    ['somebody charges there', 'connector_in_use', 'Charging'],
  ] as const)(
    'refuses a connector for now while %s, and takes it for later',
    async (row, { expect }) => {
      const [, code, state] = row;
      const ctx = testContext();
      const charger = await anOnlineCharger(ctx);
      if (state === 'offline') await charger.disconnect();
      else
        await charger.say('StatusNotification', {
          connectorId: 1,
          errorCode: 'NoError',
          status: state,
        });
      const { status, body } = await reserve(ctx);
      expect([status, body['code']]).toEqual([409, code]);
      expect((await reserveAhead(ctx)).status).toBe(201);
    },
  );

  test('refuses a token that may not charge', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const item = { ...keys.token('demo', 'HOLDER'), uid: 'HOLDER', type: 'rfid', status: 'lost' };
    await ctx.table.write([{ op: 'put', item }]);
    const { status, body } = await reserve(ctx);
    expect([status, body['code']]).toEqual([403, 'authorization_rejected']);
  });

  test.for<[object, string]>([
    [{ charger_id: undefined, connector: undefined }, 'charger_id'],
    [{ charger_id: undefined, site_id: 'BLR-IND' }, 'connector'],
    [{ charger_id: undefined, connector: undefined, site_id: 'NOWHERE' }, 'site_id'],
    [{ connector: 7 }, 'connector'],
    [{ token_uid: undefined }, 'token_uid'],
    [{ token_id: 'tok_1' }, 'token_uid'],
    [{ token_uid: undefined, token_id: 'tok_1' }, 'token_id'],
    [{ token_uid: undefined, driver_id: 'drv_1' }, 'driver_id'],
    [{ expires_at: '2026-06-01T04:30:30Z' }, 'expires_at'],
    [{ expires_at: '2026-06-02T04:30:01Z' }, 'expires_at'],
    [{ expires_at: '2026-05-31T04:30:01Z' }, 'expires_at'],
    [{ starts_at: '2026-07-01T04:30:01Z', expires_at: '2026-07-01T05:00:00Z' }, 'starts_at'],
  ])('refuses %j', async ([more, field], { expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const { status, body } = await reserve(ctx, more);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ field }] });
  });

  test('knows no charger of another tenant, or of a site out of reach', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const stranger = ctx.as({ tenantId: 'other' });
    for (const who of [stranger, ctx.as(keyOfSites('ELSEWHERE'))])
      expect((await reserve(who)).status).toBe(404);
  });

  test('answers a repeat with the same key with the same reservation', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const body = { expires_at: inMinutes(ctx, 30) };
    const [one, two] = [
      await reserve(ctx, body, { 'idempotency-key': 'k' }),
      await reserve(ctx, body, { 'idempotency-key': 'k' }),
    ];
    expect(two.body['id']).toBe(one.body['id']);
    expect(charger.calls()).toHaveLength(1);
  });
});
