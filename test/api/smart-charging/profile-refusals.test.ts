import { describe, test } from 'vitest';
import { testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { sessionsOf } from '#test/support/ocpp-site.ts';
import {
  aSmartCharger,
  askSchedule,
  cap,
  charging,
  clearOn,
  listOn,
  says,
  setOn,
} from '#test/support/smart-charging.ts';

const one = [{ start_seconds: 0, limit_kw: 11 }];

describe('setChargingProfile refuses', () => {
  test.for([
    [{ purpose: 'charger_max' }, 'connector'],
    [{ purpose: 'charger_max', connector: undefined, kind: 'relative' }, 'kind'],
    [{ purpose: 'session', connector: undefined }, 'session_id'],
    [{ purpose: 'session', connector: undefined, session_id: 'sess_none' }, 'session_id'],
    [{ session_id: 'sess_none' }, 'session_id'],
    [{ connector: 7 }, 'connector'],
    [{ stack_level: 1 }, 'stack_level'],
    [{ recurrence: 'daily' }, 'recurrence'],
    [{ kind: 'recurring', starts_at: '2026-06-01T00:00:00Z' }, 'recurrence'],
    [{ kind: 'recurring', recurrence: 'daily' }, 'local_time'],
    [{ kind: 'recurring', recurrence: 'weekly', local_time: '22:00' }, 'weekday'],
    [
      { kind: 'recurring', recurrence: 'daily', local_time: '22:00', duration_seconds: 86_401 },
      'duration_seconds',
    ],
    [{ kind: 'relative', starts_at: '2026-06-01T00:00:00Z' }, 'starts_at'],
    [{ valid_to: '2026-06-01T04:30:00Z' }, 'valid_to'],
    [{ valid_from: '2026-06-03T00:00:00Z', valid_to: '2026-06-02T00:00:00Z' }, 'valid_to'],
    [{ periods: [] }, 'periods'],
    [{ periods: [{ start_seconds: 5, limit_kw: 1 }] }, 'periods.0.start_seconds'],
    [{ periods: [...one, ...one] }, 'periods.1.start_seconds'],
    [{ periods: [{ start_seconds: 0 }] }, 'periods.0'],
    [{ periods: [{ start_seconds: 0, limit_kw: 1, limit_a: 1 }] }, 'periods.0'],
    [{ periods: [...one, { start_seconds: 9, limit_a: 1 }] }, 'periods.1'],
    [{ periods: [{ start_seconds: 0, limit_kw: -1 }] }, 'periods.0.limit_kw'],
    [{ min_rate_kw: 1, min_rate_a: 1 }, 'min_rate_a'],
  ] as const)('%j', async ([more, field], { expect }) => {
    const { ctx, charger } = await aSmartCharger();
    const { status, body } = await setOn(ctx, more);
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ field }] });
    expect(charger.calls()).toEqual([]);
  });

  test.for([
    [{ ChargeProfileMaxStackLevel: '3' }, { stack_level: 2 }, 202],
    [{ ChargeProfileMaxStackLevel: '3' }, { stack_level: 3 }, 422],
    // One level only is for everybody.
    [{ ChargeProfileMaxStackLevel: '0' }, { stack_level: 0 }, 202],
    [
      { ChargingScheduleMaxPeriods: '1' },
      { periods: [...one, { start_seconds: 1, limit_kw: 2 }] },
      422,
    ],
  ] as const)('more than the charger takes: %j, %j', async ([values, more, status], { expect }) => {
    const { ctx } = await aSmartCharger();
    await says(ctx, values);
    expect((await setOn(ctx, more)).status).toBe(status);
  });

  test('amperes of direct current where the charger takes watts and no voltage is known', async ({
    expect,
  }) => {
    const { ctx } = await aSmartCharger('1.6', { connectors: [{ id: 1, type: 'CCS2' }] });
    const amps = { periods: [{ start_seconds: 0, limit_a: 100 }] };
    expect((await setOn(ctx, amps)).body).toMatchObject({ errors: [{ field: 'periods' }] });
    await says(ctx, { ChargingScheduleAllowedChargingRateUnit: 'Current' });
    expect((await setOn(ctx, amps)).status).toBe(202);
  });

  test('a session that is over', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    await charging(ctx, charger, '1.6');
    await charger.say('StopTransaction', {
      transactionId: 1,
      meterStop: 10,
      timestamp: ctx.now().toISOString(),
    });
    const [session] = await sessionsOf(ctx);
    const asked = { purpose: 'session', connector: undefined, session_id: session?.id };
    expect((await setOn(ctx, asked)).body['code']).toBe('session_not_active');
  });
});

describe('all of smart charging', () => {
  const calls = [
    ['setChargingProfile', (ctx: Parameters<typeof setOn>[0]) => setOn(ctx)],
    ['clearChargingProfiles', (ctx: Parameters<typeof setOn>[0]) => clearOn(ctx)],
    ['setChargerPowerLimit', (ctx: Parameters<typeof setOn>[0]) => cap(ctx, { limit: { kw: 1 } })],
    ['getCompositeSchedule', (ctx: Parameters<typeof setOn>[0]) => askSchedule(ctx, {})],
  ] as const;

  test.for(calls)(
    '%s knows no charger of another tenant, or of a site out of reach',
    async (row, { expect }) => {
      const { ctx } = await aSmartCharger();
      for (const who of [ctx.as({ tenantId: 'other' }), ctx.as(keyOfSites('ELSEWHERE'))])
        expect((await row[1](who)).status).toBe(404);
    },
  );

  test.for(calls)(
    '%s is refused for a charger that has never connected',
    async (row, { expect }) => {
      const ctx = testContext();
      await aCharger(ctx);
      expect((await row[1](ctx)).body['code']).toBe('charger_not_registered');
    },
  );

  test.for(calls)(
    '%s is refused for a charger that follows no profiles',
    async (row, { expect }) => {
      const ctx = testContext();
      await anOnlineCharger(ctx);
      await says(ctx, { SupportedFeatureProfiles: 'Core,Reservation' });
      expect((await row[1](ctx)).body['code']).toBe('capability_not_supported');
      expect((await listOn(ctx)).status).toBe(200);
    },
  );

  test('teaches us that a charger does not know it', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    await setOn(ctx);
    await charger.fail('NotSupported');
    expect((await setOn(ctx)).body['code']).toBe('capability_not_supported');
  });

  test('lists nothing to other tenants', async ({ expect }) => {
    const { ctx } = await aSmartCharger();
    expect((await listOn(ctx.as({ tenantId: 'other' }))).status).toBe(404);
  });
});
