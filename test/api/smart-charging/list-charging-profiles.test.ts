import { describe, test } from 'vitest';
import type { Context } from '#shared/core/context.ts';
import type { TestContext } from '#test/support/context.ts';
import type { FakeCharger } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';
import {
  aSmartCharger,
  charging,
  listOn,
  profilesOn,
  setOn,
} from '#test/support/smart-charging.ts';

const found = (id: number, more: object = {}) => ({
  id,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400 }] },
  ],
  ...more,
});

const report = (requestId: number, more: object = {}) => ({
  requestId,
  chargingLimitSource: 'CSO',
  evseId: 1,
  chargingProfile: [found(9)],
  ...more,
});

/** The same world, in which the charger does as told once it is asked for something. */
function whenAsked(
  ctx: TestContext,
  act: (requestId: number) => Promise<void>,
  charger: FakeCharger,
): Context {
  const { ocpp, live } = ctx.sockets;
  const send = async (connectionId: string, text: string) => {
    const outcome = await ocpp.send(connectionId, text);
    const { action, payload } = charger.calls().at(-1) ?? {};
    if (action === 'GetChargingProfiles' && text.includes(action))
      await act(Object(payload).requestId);
    return outcome;
  };
  const close = (id: string, code?: number, reason?: string) => ocpp.close(id, code, reason);
  return { ...ctx, sockets: { ocpp: { send, close }, live } };
}

const numbers = async (ctx: TestContext) => (await profilesOn(ctx)).map(({ number }) => number);

describe('listChargingProfiles?refresh=true', () => {
  test('is what the charger then tells, in parts', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger('2.0.1');
    for (const connector of [1, 2]) {
      await setOn(ctx, { connector });
      await charger.answer({ status: 'Accepted' });
    }
    ctx.tick(1000);
    const asked = whenAsked(
      ctx,
      async (n) => {
        await charger.answer({ status: 'Accepted' });
        await charger.say(
          'ReportChargingProfiles',
          report(n, { tbc: true, chargingProfile: [found(1)] }),
        );
        const grid = { chargingProfilePurpose: 'ChargingStationExternalConstraints' };
        await charger.say(
          'ReportChargingProfiles',
          report(n, { evseId: 0, chargingLimitSource: 'EMS', chargingProfile: [found(9, grid)] }),
        );
      },
      charger,
    );
    const { status, body } = await listOn(asked, { refresh: 'true' });
    expect(status).toBe(200);
    expect(charger.calls().at(-1)).toMatchObject({
      action: 'GetChargingProfiles',
      payload: { chargingProfile: { chargingLimitSource: ['CSO', 'EMS', 'SO', 'Other'] } },
    });
    expect(body).toMatchObject({
      charging_profiles: [
        { number: 1, set_by: 'request', connector: 1, kind: 'relative' },
        { number: 9, set_by: 'charger', connector: null, purpose: 'external', source: 'ems' },
      ],
      total: 2,
      refresh: { status: 'completed' },
    });
  });

  test('forgets all where the charger has none', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger('2.0.1');
    await setOn(ctx);
    await charger.answer({ status: 'Accepted' });
    ctx.tick(1000);
    const asked = whenAsked(ctx, () => charger.answer({ status: 'NoProfiles' }), charger);
    const { body } = await listOn(asked, { refresh: 'true' });
    expect(body).toMatchObject({ charging_profiles: [], refresh: { status: 'completed' } });
  });

  test('shows what was known where the report does not come in time', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger('2.0.1');
    await setOn(ctx);
    await charger.answer({ status: 'Accepted' });
    const asked = whenAsked(ctx, () => charger.answer({ status: 'Accepted' }), charger);
    const { body } = await listOn(asked, { refresh: 'true' }, { prefer: 'wait=1' });
    expect(body).toMatchObject({ total: 1, refresh: { status: 'accepted' } });
    ctx.tick(121_000);
    await settle(ctx);
    expect(await numbers(ctx)).toEqual([1]);
  });

  test('is not offered by chargers of 1.6, nor by one that is away', async ({ expect }) => {
    const old = await aSmartCharger('1.6');
    expect((await listOn(old.ctx, { refresh: 'true' })).body['code']).toBe(
      'capability_not_supported',
    );
    const { ctx, charger } = await aSmartCharger('2.0.1');
    await charger.disconnect();
    expect((await listOn(ctx, { refresh: 'true' })).body['code']).toBe('charger_offline');
  });
});

describe('a report of profiles', () => {
  test('that nobody asked for is taken down, and takes nothing away', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger('2.0.1');
    await setOn(ctx);
    await charger.answer({ status: 'Accepted' });
    for (const n of [0, 7, 999])
      expect(await charger.say('ReportChargingProfiles', report(n))).toEqual({});
    expect(await numbers(ctx)).toEqual([1, 9]);
  });

  test('knows the session of a transaction', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger('2.0.1');
    await charging(ctx, charger, '2.0.1');
    const tx = { chargingProfilePurpose: 'TxProfile', transactionId: 'TX-1' };
    await charger.say('ReportChargingProfiles', report(7, { chargingProfile: [found(9, tx)] }));
    expect(await profilesOn(ctx)).toMatchObject([
      {
        purpose: 'session',
        session_id: expect.stringMatching(/^sess_/),
        periods: [{ limit_kw: 7.4 }],
      },
    ]);
  });
});

describe('the list', () => {
  test('comes in pages, and by purpose and connector', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    const profiles = [{ purpose: 'charger_max', connector: undefined }, {}, { connector: 2 }];
    for (const more of profiles) {
      await setOn(ctx, more);
      await charger.answer({ status: 'Accepted' });
    }
    const first = await listOn(ctx, { limit: 2 });
    expect(first.body).toMatchObject({
      total: 3,
      charging_profiles: [{ number: 1 }, { number: 2 }],
    });
    const rest = await listOn(ctx, { limit: 2, cursor: first.body['next_cursor'] });
    expect(rest.body).toMatchObject({ charging_profiles: [{ number: 3 }], next_cursor: null });
    expect((await profilesOn(ctx, { purpose: 'default' })).length).toBe(2);
    expect((await profilesOn(ctx, { connector: 0 })).map(({ purpose }) => purpose)).toEqual([
      'charger_max',
    ]);
  });

  test('shows what others hold the charger to, until they do no longer', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger('2.0.1');
    const schedule = [
      { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] },
    ];
    const limit = (chargingLimitSource: string, evseId?: number) => ({
      chargingLimit: { chargingLimitSource, isGridCritical: true },
      chargingSchedule: schedule,
      ...(evseId === undefined ? {} : { evseId }),
    });
    await charger.say('NotifyChargingLimit', limit('EMS', 1));
    await charger.say('NotifyChargingLimit', limit('EMS', 1));
    await charger.say('NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'SO' } });
    // 10 A x 230 V x 3
    expect((await listOn(ctx)).body['outside_limits']).toMatchObject([
      {
        source: 'ems',
        connector: 1,
        is_grid_critical: true,
        periods: [{ limit_kw: 6.9, limit_a: 10 }],
      },
      { source: 'grid_operator', connector: null, periods: [] },
    ]);
    expect(
      await charger.say('ClearedChargingLimit', { chargingLimitSource: 'EMS', evseId: 2 }),
    ).toEqual({});
    expect((await listOn(ctx)).body['outside_limits']).toHaveLength(2);
    await charger.say('ClearedChargingLimit', { chargingLimitSource: 'EMS' });
    expect((await listOn(ctx)).body['outside_limits']).toMatchObject([{ source: 'grid_operator' }]);
  });
});
