import { describe, test } from 'vitest';
import { sessionsOf } from '#test/support/ocpp-site.ts';
import { aSmartCharger, cap, charging, profilesOn, says } from '#test/support/smart-charging.ts';

const LIMIT_OF_ALL = 1_000_000_000;

describe('setChargerPowerLimit', () => {
  test.for([
    [{ kw: 11 }, 'W', 11_000],
    [{ kw: 0 }, 'W', 0],
    // 22 kW + 60 kW
    [{ percent: 50 }, 'W', 41_000],
    // The whole charger has a cable for direct current of 400 V.
    [{ a: 100 }, 'W', 40_000],
  ] as const)('caps a whole charger at %j', async ([limit, unit, told], { expect }) => {
    const { ctx, charger } = await aSmartCharger();
    const { status, body } = await cap(ctx, { limit, expires_at: '2026-06-01T18:00:00+05:30' });
    expect(status).toBe(202);
    expect(body).toMatchObject({ type: 'set_charging_profile', connector: null });
    expect(charger.calls()).toMatchObject([
      {
        payload: {
          connectorId: 0,
          csChargingProfiles: {
            chargingProfileId: LIMIT_OF_ALL,
            stackLevel: 1,
            chargingProfilePurpose: 'ChargePointMaxProfile',
            chargingProfileKind: 'Absolute',
            validTo: '2026-06-01T12:30:00.000Z',
            chargingSchedule: {
              chargingRateUnit: unit,
              chargingSchedulePeriod: [{ startPeriod: 0, limit: told }],
            },
          },
        },
      },
    ]);
  });

  test.for([
    // 50 % of 22 kW = 11 kW = 15.94 A
    [{ percent: 50 }, 15.9],
    [{ kw: 7.4 }, 10.7],
    [{ a: 16.33 }, 16.3],
  ] as const)(
    'caps a connector at %j, in 2.0.1 as its default',
    async ([limit, told], { expect }) => {
      const { ctx, charger } = await aSmartCharger('2.0.1');
      await says(ctx, { 'SmartChargingCtrlr.ProfileStackLevel': '8' });
      await cap(ctx, { limit, connector: 1 });
      expect(charger.calls().at(-1)?.payload).toMatchObject({
        evseId: 1,
        chargingProfile: {
          id: LIMIT_OF_ALL + 1,
          stackLevel: 8,
          chargingProfilePurpose: 'TxDefaultProfile',
          chargingSchedule: [
            { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: told }] },
          ],
        },
      });
    },
  );

  test('is listed, replaced by the next, and lifted', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    for (const kw of [11, 7]) {
      await cap(ctx, { limit: { kw } });
      await charger.answer({ status: 'Accepted' });
    }
    expect(await profilesOn(ctx)).toMatchObject([
      { set_by: 'power_limit', purpose: 'charger_max', periods: [{ limit_kw: 7 }] },
    ]);
    const { body } = await cap(ctx, { limit: null });
    expect(body).toMatchObject({ type: 'clear_charging_profiles' });
    expect(charger.calls().at(-1)).toMatchObject({
      action: 'ClearChargingProfile',
      payload: { id: LIMIT_OF_ALL },
    });
    await charger.answer({ status: 'Accepted' });
    expect(await profilesOn(ctx)).toEqual([]);
  });

  test('lifts itself at its time', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    await cap(ctx, { limit: { kw: 11 }, expires_at: '2026-06-01T05:00:00Z' });
    await charger.answer({ status: 'Accepted' });
    ctx.tick(30 * 60_000);
    expect(await profilesOn(ctx)).toEqual([]);
  });

  test('reaches the session that is under way on the connector, and leaves it again', async ({
    expect,
  }) => {
    const { ctx, charger } = await aSmartCharger();
    await charging(ctx, charger, '1.6');
    const [session] = await sessionsOf(ctx);
    await cap(ctx, { limit: { kw: 6.9 }, connector: 1 });
    await charger.answer({ status: 'Accepted' });
    await charger.answer({ status: 'Accepted' });
    expect(charger.calls().map(({ payload }) => Object(payload).csChargingProfiles)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ chargingProfilePurpose: 'TxDefaultProfile' }),
        expect.objectContaining({ chargingProfilePurpose: 'TxProfile', transactionId: 1 }),
      ]),
    );
    expect(await profilesOn(ctx)).toMatchObject([
      { purpose: 'default', periods: [{ limit_a: 10 }] },
      { purpose: 'session', session_id: session?.id, periods: [{ limit_a: 10 }] },
    ]);
    await cap(ctx, { limit: null, connector: 1 });
    await charger.answer({ status: 'Accepted' });
    await charger.answer({ status: 'Accepted' });
    expect(await profilesOn(ctx)).toEqual([]);
  });

  test.for([
    [{ limit: { kw: 11, a: 16 } }, 'limit'],
    [{ limit: {} }, 'limit'],
    [{ limit: { percent: 101 } }, 'limit'],
    [{}, 'limit'],
    [{ limit: { kw: 11 }, connector: 7 }, 'connector'],
    [{ limit: { kw: 11 }, expires_at: '2026-06-01T04:30:00Z' }, 'expires_at'],
  ] as const)('refuses %j', async ([body, field], { expect }) => {
    const { ctx } = await aSmartCharger();
    const { status, body: problem } = await cap(ctx, body);
    expect(status).toBe(422);
    expect(JSON.stringify(problem['errors'])).toContain(`"field":"${field}`);
  });

  test('refuses a percentage of what nobody knows', async ({ expect }) => {
    const { ctx } = await aSmartCharger('1.6', { connectors: [{ id: 1 }] });
    const { body } = await cap(ctx, { limit: { percent: 50 } });
    expect(body).toMatchObject({ errors: [{ field: 'limit.percent' }] });
  });
});
