import { describe, test } from 'vitest';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import { endpoint as listSessions } from '#functions/api/sessions/list-sessions.ts';
import { aCharge, aStart, Charge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

const MINUTE = 60_000;
const read = async (ctx: TestContext, session_id: string) =>
  (await call(ctx, getSession, { params: { session_id } })).body;
const all = async (ctx: TestContext) => {
  const { sessions } = (await call(ctx, listSessions)).body;
  return Array.isArray(sessions) ? sessions : [];
};

describe('a meter', () => {
  test('that starts anew at zero loses nothing of what was charged before', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    await charge.measure(3000);
    ctx.tick(MINUTE);
    await charge.measure(500);
    ctx.tick(MINUTE);
    await charge.end(1500);
    // 2,000 Wh before, 1,000 Wh after: the 500 Wh at the reset cannot be known.
    expect(await read(ctx, charge.id)).toMatchObject({
      energy_kwh: 3,
      flags: ['meter_reset'],
    });
  });

  test('that says nothing at all still gives a session with an end', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    ctx.tick(10 * MINUTE);
    await charge.end(1000);
    await settle(ctx);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'ended', energy_kwh: 0 });
  });
});

describe('a clock', () => {
  test.for([
    ['1970-01-01T00:00:10.000Z', 'clock_not_set'],
    ['2031-06-01T00:00:00.000Z', 'clock_ahead'],
    ['2026-05-31T12:00:00.000Z', 'clock_behind'],
  ] as const)(
    'that says %s at the start is corrected for the whole session',
    async ([said, flag], { expect }) => {
      const ctx = testContext();
      const charge = await aStart(ctx);
      await charge.begin({ timestamp: said });
      ctx.tick(60 * MINUTE);
      const timestamp = new Date(Date.parse(said) + 60 * MINUTE).toISOString();
      await charge.end(3000, { timestamp });
      expect(await read(ctx, charge.id)).toMatchObject({
        charging_started_at: '2026-06-01T04:30:00.000Z',
        ended_at: '2026-06-01T05:30:00.000Z',
        flags: [flag],
      });
    },
  );

  test('is believed about the past where nobody here asked for the start', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const offline = new Charge(ctx, charger, 'CARD1');
    await offline.begin({ idTag: 'CARD1', timestamp: '2026-06-01T01:00:00.000Z' });
    await offline.end(4000, { timestamp: '2026-06-01T02:00:00.000Z' });
    expect(await all(ctx)).toMatchObject([
      {
        started_at: '2026-06-01T01:00:00.000Z',
        charging_started_at: '2026-06-01T01:00:00.000Z',
        ended_at: '2026-06-01T02:00:00.000Z',
        energy_kwh: 3,
        auth_method: 'rfid',
      },
    ]);
  });
});

describe('a start at the charger', () => {
  test('takes the connector from a session that was never closed, which stays to be ended', async ({
    expect,
  }) => {
    const ctx = testContext();
    const first = await aCharge(ctx);
    await first.measure(2000);
    ctx.tick(60 * MINUTE);
    const second = new Charge(ctx, first.charger, 'CARD1');
    await second.begin({ idTag: 'CARD1', meterStart: 2500 });
    const [newest] = await all(ctx);
    expect(newest).toMatchObject({ status: 'charging', flags: ['replaced_open_session'] });
    await first.end(2500, { reason: 'PowerLoss' });
    expect(await read(ctx, first.id)).toMatchObject({
      status: 'ended',
      energy_kwh: 1.5,
      stop_reason: 'power_loss',
    });
    await second.end(3500);
    expect(await read(ctx, newest.id)).toMatchObject({ status: 'ended', energy_kwh: 1 });
  });

  test('that is reported twice is one session', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const charge = new Charge(ctx, charger, 'CARD1');
    const report = { idTag: 'CARD1', timestamp: ctx.now().toISOString() };
    await charge.begin(report);
    const first = charge.transactionId;
    ctx.tick(MINUTE);
    await charge.begin(report);
    expect(charge.transactionId).toBe(first);
    expect(await all(ctx)).toHaveLength(1);
  });

  test('that is reported twice at once is one session', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const report = { idTag: 'CARD1', timestamp: ctx.now().toISOString() };
    const twice = [new Charge(ctx, charger, 'CARD1'), new Charge(ctx, charger, 'CARD1')];
    await Promise.all(twice.map((charge) => charge.begin(report)));
    expect(await all(ctx)).toHaveLength(1);
    expect(twice[0]?.transactionId).toBe(twice[1]?.transactionId);
  });

  test('with a card that is refused is recorded all the same', async ({ expect }) => {
    const ctx = testContext({ organization: { accept_unknown_tokens: false } });
    const charger = await anOnlineCharger(ctx);
    const answer = await charger.say('StartTransaction', {
      connectorId: 1,
      idTag: 'STRANGER',
      meterStart: 0,
      timestamp: ctx.now().toISOString(),
    });
    expect(answer).toMatchObject({ transactionId: 1, idTagInfo: { status: 'Invalid' } });
    expect(await all(ctx)).toMatchObject([{ auth_method: 'unknown', status: 'charging' }]);
  });
});
