import { describe, test } from 'vitest';
import { endpoint as getCommand } from '#functions/api/commands/get-command.ts';
import { answering } from '#test/support/answering.ts';
import { call } from '#test/support/call.ts';
import { settle } from '#test/support/settle.ts';
import { aSmartCharger, askSchedule } from '#test/support/smart-charging.ts';

const in16 = {
  status: 'Accepted',
  connectorId: 1,
  scheduleStart: '2026-06-01T04:30:00Z',
  chargingSchedule: {
    duration: 3600,
    chargingRateUnit: 'A',
    chargingSchedulePeriod: [
      { startPeriod: 0, limit: 16 },
      { startPeriod: 900, limit: 10, numberPhases: 1 },
    ],
  },
};
const in201 = {
  status: 'Accepted',
  schedule: {
    evseId: 1,
    duration: 3600,
    scheduleStart: '2026-06-01T04:30:00Z',
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 11_040 }],
  },
};

describe('getCompositeSchedule', () => {
  test.for([
    ['1.6', { connectorId: 1, duration: 3600, chargingRateUnit: 'A' }, in16],
    ['2.0.1', { evseId: 1, duration: 3600, chargingRateUnit: 'A' }, in201],
  ] as const)(
    'is told by a charger of %s in its unit, and shown in both',
    async (row, { expect }) => {
      const [version, payload, told] = row;
      const { ctx, charger } = await aSmartCharger(version);
      const asked = { connector: 1, duration_seconds: 3600 };
      const reply = await askSchedule(answering(ctx, charger, told), asked, { prefer: 'wait=5' });
      expect(charger.calls()).toMatchObject([{ action: 'GetCompositeSchedule', payload }]);
      expect(reply.status).toBe(200);
      // 16 A x 230 V x 3 = 11.04 kW; 10 A on one phase = 2.3 kW.
      const periods =
        version === '1.6'
          ? [
              { start_seconds: 0, limit_a: 16, limit_kw: 11.04, phases: 3 },
              { start_seconds: 900, limit_a: 10, limit_kw: 2.3, phases: 1 },
            ]
          : [{ start_seconds: 0, limit_a: 16, limit_kw: 11.04, phases: null }];
      expect(reply.body).toMatchObject({
        status: 'completed',
        result: {
          outcome: 'accepted',
          data: {
            connector: 1,
            starts_at: '2026-06-01T04:30:00Z',
            duration_seconds: 3600,
            periods,
            outside_limits: [],
          },
        },
        ocpp: { response: told },
      });
      await settle(ctx);
      const again = await call(ctx, getCommand, { params: { command_id: reply.body['id'] } });
      expect(again.body).toEqual(reply.body);
    },
  );

  test('of a whole charger is asked of connector 0, and beside what others limit', async ({
    expect,
  }) => {
    const { ctx, charger } = await aSmartCharger('2.0.1');
    await charger.say('NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'EMS' } });
    const { body } = await askSchedule(answering(ctx, charger, in201), {}, { prefer: 'wait=5' });
    expect(charger.calls()).toMatchObject([{ payload: { evseId: 0, duration: 86_400 } }]);
    expect(body).toMatchObject({
      result: { data: { connector: null, outside_limits: [{ source: 'ems' }] } },
    });
  });

  test('has no periods where the charger agrees and tells none', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    const bare = answering(ctx, charger, { status: 'Accepted' });
    const { body } = await askSchedule(bare, { connector: 1 }, { prefer: 'wait=5' });
    expect(body).toMatchObject({ result: { data: { starts_at: null, periods: [] } } });
  });

  test('is rejected where the charger cannot tell', async ({ expect }) => {
    const { ctx, charger } = await aSmartCharger();
    const no = answering(ctx, charger, { status: 'Rejected' });
    const { body } = await askSchedule(no, { unit: 'kw' }, { prefer: 'wait=5' });
    expect(body).toMatchObject({ status: 'rejected', result: { outcome: 'rejected' } });
    expect(charger.calls()).toMatchObject([{ payload: { chargingRateUnit: 'W' } }]);
  });

  test.for([
    [{ connector: 7 }, 422],
    [{ duration_seconds: 0 }, 422],
    [{ unit: 'hp' }, 422],
  ] as const)('refuses %j', async ([more, status], { expect }) => {
    const { ctx } = await aSmartCharger();
    expect((await askSchedule(ctx, more)).status).toBe(status);
  });
});
