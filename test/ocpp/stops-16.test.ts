import { describe, expect, test } from 'vitest';
import { listMeterValues } from '#shared/sessions/meter-values.ts';
import { orphansOf } from '#shared/sessions/orphans.ts';
import {
  anHour16 as aCharge,
  EIGHT_KWH,
  start16 as start,
  stop16 as stop,
} from '#test/support/charge-16.ts';
import { aPricedPeer, atMinute, MINUTE, sessionsOf, theSession } from '#test/support/ocpp-site.ts';

describe('a stop', () => {
  // Gotcha 22: a retry may carry another time, and an answer lost means a second one.
  test('that comes twice, with another time, changes nothing', async () => {
    const { ctx, charger, transactionId } = await aCharge();
    await charger.call('StopTransaction', stop(transactionId));
    const before = await theSession(ctx);
    ctx.tick(10 * MINUTE);
    const again = { timestamp: atMinute(61), meterStop: 1_009_000 };
    expect(await charger.call('StopTransaction', stop(transactionId, again))).toHaveProperty(
      'idTagInfo',
    );
    expect(await theSession(ctx)).toEqual(before);
  });

  // Gotcha 22: the charger was offline; the time it says counts.
  test('that comes days later ends the session when it ended', async () => {
    const { ctx, charger, transactionId } = await aCharge();
    ctx.tick(5 * 24 * 60 * MINUTE);
    await charger.call('StopTransaction', stop(transactionId));
    expect(await theSession(ctx)).toMatchObject({
      ...EIGHT_KWH,
      ended_at: '2026-06-01T13:00:00.000Z',
      idle_minutes: 0,
    });
  });

  // Gotcha 22: no tag after a remote stop or a reset, and no reason for a local one.
  test('without tag and reason is a local one', async () => {
    const { ctx, charger, transactionId } = await aCharge();
    const { idTag: _, ...bare } = stop(transactionId);
    expect(await charger.call('StopTransaction', bare)).toEqual({});
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, stop_reason: 'local' });
  });

  // Gotcha 22: the same samples once more.
  test('whose data repeats all meter values adds nothing', async () => {
    const { ctx, charger, transactionId } = await aCharge();
    const sample = (minute: number, wh: number, context = 'Sample.Periodic') => ({
      timestamp: atMinute(minute),
      sampledValue: [{ value: String(wh), context }],
    });
    const live = [sample(20, 1_003_000), sample(40, 1_006_000)];
    for (const meterValue of live)
      await charger.call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [meterValue],
      });
    const transactionData = [
      sample(0, 1_000_000, 'Transaction.Begin'),
      ...live,
      sample(60, 1_008_000, 'Transaction.End'),
    ];
    await charger.call('StopTransaction', stop(transactionId, { transactionData }));
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: [] });
  });
});

// Gotcha 22: of a charge without a connection, the stop brings all samples at once.
test('a stop whose data nobody knew yet brings the series with it', async () => {
  const { ctx, charger, transactionId } = await aCharge();
  const transactionData = [0, 20, 40].map((minute) => ({
    timestamp: atMinute(minute),
    sampledValue: [{ value: String(1_000_000 + minute * 100) }],
  }));
  await charger.call('StopTransaction', stop(transactionId, { transactionData }));
  const session = await theSession(ctx);
  expect(session).toMatchObject({ ...EIGHT_KWH, flags: [] });
  const { items } = await listMeterValues(ctx, session.id, { limit: 10 });
  expect(items.map(({ energy_kwh }) => energy_kwh)).toEqual([0, 2, 4, 8]);
});

// Gotcha 21: the charger never learnt the number of its transaction.
describe.each([-1, 0])('a stop of transaction %i', (unknown) => {
  test('ends the one session it can be about, and again when it is repeated', async () => {
    const { ctx, charger } = await aCharge();
    expect(await charger.call('StopTransaction', stop(unknown))).toHaveProperty('idTagInfo');
    await charger.call('StopTransaction', stop(unknown));
    expect(await theSession(ctx)).toMatchObject(EIGHT_KWH);
    expect(await orphansOf(ctx, 'CP-1')).toEqual([]);
  });

  test('does not end the next session when it is repeated', async () => {
    const { ctx, charger } = await aCharge();
    await charger.call('StopTransaction', stop(unknown));
    const next = start({ meterStart: 1_008_000, timestamp: atMinute(60) });
    await charger.call('StartTransaction', next);
    await charger.call('StopTransaction', stop(unknown));
    const statuses = (await sessionsOf(ctx)).map(({ status }) => status);
    expect(statuses).toEqual(['ended', 'charging']);
  });

  test('is kept where two sessions might be meant, and ends neither', async () => {
    const { ctx, charger } = await aCharge();
    await charger.call('StartTransaction', start({ connectorId: 2 }));
    expect(await charger.call('StopTransaction', stop(unknown))).toHaveProperty('idTagInfo');
    expect((await sessionsOf(ctx)).map(({ status }) => status)).toEqual(['charging', 'charging']);
    expect(await orphansOf(ctx, 'CP-1')).toHaveLength(1);
  });

  // Gotcha 22: before the retry of its start.
  test('that comes before its start ends the session as soon as that comes', async () => {
    const { ctx, charger } = await aPricedPeer();
    ctx.tick(60 * MINUTE);
    await charger.call('StopTransaction', stop(unknown));
    expect(await sessionsOf(ctx)).toEqual([]);
    const { transactionId } = await charger.call('StartTransaction', start());
    const flags = ['stop_before_start'];
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags });
    await charger.call('StartTransaction', start());
    await charger.call('StopTransaction', stop(transactionId));
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags });
  });
});

// Gotcha 21.
test('a stop of a transaction that we never gave out is answered and kept whole', async () => {
  const { ctx, charger } = await aPricedPeer();
  ctx.tick(60 * MINUTE);
  for (const _ of [1, 2])
    expect(await charger.call('StopTransaction', stop(777))).toHaveProperty('idTagInfo');
  expect(await orphansOf(ctx, 'CP-1')).toMatchObject([{ payload: stop(777) }]);
});
