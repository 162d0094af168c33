import { describe, test } from 'vitest';
import { sessionsOf } from '#test/support/ocpp-site.ts';
import {
  aSmartCharger,
  charging,
  newsOfProfiles,
  profilesOn,
  says,
  setOn,
} from '#test/support/smart-charging.ts';

const now = '2026-06-01T04:30:00.000Z';

describe('setChargingProfile', () => {
  // 11 kW / (230 V x 3) = 15.94 A, rounded down to a tenth: never more than was meant.
  test('tells a charger of 1.6 amperes at a socket for alternating current', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger('1.6');
    const reply = await setOn(ctx);
    expect(reply.status).toBe(202);
    expect(reply.headers['Location']).toBe(`/v1/commands/${reply.body['id']}`);
    expect(charger.calls()).toEqual([
      {
        id: expect.any(String),
        action: 'SetChargingProfile',
        payload: {
          connectorId: 1,
          csChargingProfiles: {
            chargingProfileId: 1,
            stackLevel: 0,
            chargingProfilePurpose: 'TxDefaultProfile',
            chargingProfileKind: 'Absolute',
            chargingSchedule: {
              startSchedule: now,
              chargingRateUnit: 'A',
              chargingSchedulePeriod: [{ startPeriod: 0, limit: 15.9, numberPhases: 3 }],
            },
          },
        },
      },
    ]);
  });

  test('tells a charger of 2.0.1 watts at a cable for direct current', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger('2.0.1');
    await setOn(ctx, { connector: 2, periods: [{ start_seconds: 0, limit_a: 100 }] });
    // 60 kW at 150 A is 400 V: 100 A are 40 kW.
    expect(charger.calls().at(-1)?.payload).toEqual({
      evseId: 2,
      chargingProfile: {
        id: 1,
        stackLevel: 0,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Absolute',
        chargingSchedule: [
          {
            id: 1,
            startSchedule: now,
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 40_000 }],
          },
        ],
      },
    });
  });

  test.for([
    ['1.6', { ChargingScheduleAllowedChargingRateUnit: 'Power' }],
    ['1.6', { ChargingScheduleAllowedChargingRateUnit: 'Current, Power' }],
    ['2.0.1', { 'SmartChargingCtrlr.RateUnit': 'A,W' }],
  ] as const)(
    'keeps to the unit asked for where a charger of %s takes it: %j',
    async (row, { expect }) => {
      const [version, values] = row;
      const { ctx, charger } = await aSmartCharger(version);
      await says(ctx, values);
      await setOn(ctx);
      const text = JSON.stringify(charger.calls().at(-1)?.payload);
      expect(text).toContain('"chargingRateUnit":"W"');
      expect(text).toContain('"limit":11000');
    },
  );

  test('is done, told and listed when the charger agrees', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    const { body } = await setOn(ctx);
    expect(await profilesOn(ctx)).toEqual([]);
    await charger.answer({ status: 'Accepted' });
    expect(await profilesOn(ctx)).toMatchObject([
      {
        number: 1,
        status: 'applied',
        connector: 1,
        purpose: 'default',
        unit: 'a',
        // 15.9 A x 230 V x 3
        periods: [{ start_seconds: 0, limit_a: 15.9, limit_kw: 10.971, phases: 3 }],
        set_by: 'request',
        command_id: body['id'],
      },
    ]);
    expect(newsOfProfiles(ctx)).toMatchObject([
      { type: 'charging_profile.applied', scope: { charger_id: 'BLR-014', connector: 1 } },
    ]);
  });

  test('is told and not listed when the charger refuses', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    await setOn(ctx);
    await charger.answer({ status: 'Rejected' });
    expect(await profilesOn(ctx)).toEqual([]);
    expect(newsOfProfiles(ctx)).toMatchObject([
      { type: 'charging_profile.rejected', object: { status: 'rejected' } },
    ]);
  });

  test('takes the place of the one in its slot, under the same number', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    for (const limit_kw of [11, 7.4]) {
      await setOn(ctx, { periods: [{ start_seconds: 0, limit_kw }] });
      await charger.answer({ status: 'Accepted' });
    }
    await setOn(ctx, { connector: undefined });
    await charger.answer({ status: 'Accepted' });
    expect(
      (await profilesOn(ctx)).map(({ number, connector, periods }) => [
        number,
        connector,
        periods[0]?.limit_a,
      ]),
      // 7.4 kW / 690 V = 10.72 A; the whole charger has a cable for direct current, so watts.
    ).toEqual([
      [1, 1, 10.7],
      [2, null, 27.5],
    ]);
  });

  test.for([
    [
      '1.6',
      { connectorId: 0, csChargingProfiles: { chargingProfilePurpose: 'ChargePointMaxProfile' } },
    ],
    [
      '2.0.1',
      { evseId: 0, chargingProfile: { chargingProfilePurpose: 'ChargingStationMaxProfile' } },
    ],
  ] as const)(
    'puts a maximum on the whole charger in %s',
    async ([version, payload], { expect }) => {
      const { ctx, charger } = await aSmartCharger(version);
      await setOn(ctx, { purpose: 'charger_max', connector: undefined });
      expect(charger.calls().at(-1)?.payload).toMatchObject(payload);
    },
  );

  test.for([
    ['1.6', { connectorId: 1, csChargingProfiles: { transactionId: 1 } }],
    ['2.0.1', { evseId: 1, chargingProfile: { transactionId: 'TX-1' } }],
  ] as const)(
    'names the transaction of a session in %s',
    async ([version, payload], { expect }) => {
      const { ctx, charger } = await aSmartCharger(version);
      await charging(ctx, charger, version);
      const [session] = await sessionsOf(ctx);
      const reply = await setOn(ctx, {
        purpose: 'session',
        connector: undefined,
        session_id: session?.id,
        kind: 'relative',
      });
      expect(reply.body).toMatchObject({ session_id: session?.id, connector: 1 });
      const { payload: sent } = charger.calls().at(-1) ?? {};
      expect(sent).toMatchObject(payload);
      expect(JSON.stringify(sent)).toContain('TxProfile');
      expect(JSON.stringify(sent)).not.toContain('startSchedule');
    },
  );

  test('says all of a schedule: periods, phases, duration, validity, the least rate', async ({
    expect,
  }) => {
    const { ctx, charger } = await aSmartCharger();
    await setOn(ctx, {
      kind: 'recurring',
      recurrence: 'weekly',
      starts_at: '2026-06-01T22:00:00+05:30',
      duration_seconds: 36_000,
      valid_from: '2026-06-01T00:00:00Z',
      valid_to: '2026-07-01T00:00:00Z',
      periods: [
        { start_seconds: 0, limit_a: 6, phases: 1 },
        { start_seconds: 3600, limit_a: 0.3 },
      ],
      min_rate_a: 6,
    });
    expect(charger.calls().at(-1)?.payload).toMatchObject({
      csChargingProfiles: {
        chargingProfileKind: 'Recurring',
        recurrencyKind: 'Weekly',
        validFrom: '2026-06-01T00:00:00.000Z',
        validTo: '2026-07-01T00:00:00.000Z',
        chargingSchedule: {
          duration: 36_000,
          startSchedule: '2026-06-01T16:30:00.000Z',
          chargingSchedulePeriod: [
            { startPeriod: 0, limit: 6, numberPhases: 1 },
            { startPeriod: 3600, limit: 0.3, numberPhases: 3 },
          ],
          minChargingRate: 6,
        },
      },
    });
  });
});
