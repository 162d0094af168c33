import { describe, expect, test } from 'vitest';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aPricedPeer, MINUTE, NOON, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

/*
 * Gotcha 36. One hour from noon on: 8 kWh in the first 40 minutes, then the car is full.
 *   energy 8 × 16.00 = 128.00, idle (20 − 10) min × 2.00 = 20.00, together 148.00
 *   GST 18 % of it 26.64, in all 174.64
 */
const THE_HOUR = {
  status: 'ended',
  energy_kwh: 8,
  idle_minutes: 20,
  cost: { subtotal: { amount: '148.00' }, total: { amount: '174.64' } },
};

/** What a charger's clock says so many minutes after noon. */
type Clock = (minute: number) => string;
const utc = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');
const right: Clock = (minute) => utc(Date.parse(NOON) + minute * MINUTE);
const off =
  (hours: number): Clock =>
  (minute) =>
    right(minute + hours * 60);
const unset: Clock = (minute) => utc((minute + 1) * MINUTE);
/** One clock until minute 30, then another. */
const changing =
  (before: Clock, after: Clock): Clock =>
  (minute) =>
    minute < 30 ? before(minute) : after(minute);

async function chargeBy(clock: Clock, remote: boolean) {
  const { ctx, charger } = await aPricedPeer();
  const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
  await charger.call('StatusNotification', status);
  if (remote) await startSession(ctx, NewSession.parse({ charger_id: 'CP-1' }));
  await settle(ctx);
  const idTag = remote ? charger.lastAsked().payload['idTag'] : 'DRIVER';
  const begun = { connectorId: 1, idTag, meterStart: 1_000_000, timestamp: clock(0) };
  const { transactionId } = await charger.call('StartTransaction', begun);
  const meter = (minute: number, wh: number) => {
    const meterValue = [{ timestamp: clock(minute), sampledValue: [{ value: String(wh) }] }];
    return charger.call('MeterValues', { connectorId: 1, transactionId, meterValue });
  };
  const show = (status: string, minute: number) =>
    charger.call('StatusNotification', {
      connectorId: 1,
      errorCode: 'NoError',
      status,
      timestamp: clock(minute),
    });
  await show('Charging', 0);
  ctx.tick(20 * MINUTE);
  await meter(20, 1_004_000);
  ctx.tick(20 * MINUTE);
  await meter(40, 1_008_000);
  await show('SuspendedEV', 40);
  ctx.tick(20 * MINUTE);
  const stop = { transactionId, meterStop: 1_008_000, timestamp: clock(60) };
  await charger.call('StopTransaction', stop);
  return { session: await theSession(ctx), ctx };
}

describe.each([
  ['at the charger', false],
  ['over the API', true],
] as const)('an hour begun %s costs what it costs', (_where, remote) => {
  test.each([
    ['right', right],
    [
      'in another zone, and says so',
      (minute: number) => right(minute + 330).replace('Z', '+05:30'),
    ],
    ['without zone', (minute: number) => right(minute).replace('Z', '')],
    ['with microseconds', (minute: number) => right(minute).replace('Z', '.000123Z')],
    ['three hours behind', off(-3)],
    ['three hours ahead', off(3)],
    ['two minutes ahead', (minute: number) => right(minute + 2)],
    ['in 1970, where it began when it was switched on', unset],
    ['in 1970 until it is set', changing(unset, right)],
    ['ahead until it is set', changing(off(3), right)],
    ['set back by two hours', changing(right, off(-2))],
    ['set ahead by two hours', changing(right, off(2))],
    ['unset by a reboot in between', changing(right, unset)],
  ])('with a clock that is %s', async (_how, clock) => {
    const { session, ctx } = await chargeBy(clock, remote);
    expect(session).toMatchObject(THE_HOUR);
    const minutes =
      (Date.parse(session.ended_at ?? '') - Date.parse(session.charging_started_at ?? '')) / MINUTE;
    expect(Math.abs(minutes - 60)).toBeLessThanOrEqual(0.01);
    expect((await getChargerView(ctx, 'CP-1')).connectors).toMatchObject([
      { status: 'SuspendedEV' },
    ]);
  });
});

test('says what was wrong with the clock', async () => {
  const flagsOf = async (clock: Clock) => (await chargeBy(clock, false)).session.flags;
  expect(await flagsOf(right)).toEqual([]);
  expect(await flagsOf(unset)).toEqual(['clock_not_set']);
  expect(await flagsOf(off(3))).toEqual(['clock_ahead']);
  expect(await flagsOf(changing(right, off(-2)))).toEqual(['clock_set_back']);
  expect((await chargeBy(off(-3), true)).session.flags).toEqual(['clock_behind']);
});

// A charger offline for the whole hour tells it afterwards, by a clock that is right.
test('an hour told the day after costs the same', async () => {
  const { ctx } = await aPricedPeer();
  ctx.tick(24 * 60 * MINUTE);
  const charger = await aPeer(ctx, { connectionId: 'second', registered: true });
  const begun = { connectorId: 1, idTag: 'DRIVER', meterStart: 0, timestamp: right(0) };
  const { transactionId } = await charger.call('StartTransaction', begun);
  const suspended = { connectorId: 1, errorCode: 'NoError', status: 'SuspendedEV' };
  await charger.call('StatusNotification', { ...suspended, timestamp: right(40) });
  const stop = { transactionId, meterStop: 8000, timestamp: right(60) };
  await charger.call('StopTransaction', stop);
  expect(await theSession(ctx)).toMatchObject({ ...THE_HOUR, started_at: NOON });
});

// Gotchas 18 and 36: with such a clock every start may look like the last one.
test('two starts of a charger that wakes up in 1970 each time are two sessions', async () => {
  const { ctx, charger } = await aPricedPeer();
  const begun = { connectorId: 1, idTag: 'DRIVER', meterStart: 0, timestamp: unset(0) };
  const ids = [];
  for (const _ of [1, 2]) {
    const { transactionId } = await charger.call('StartTransaction', begun);
    expect(await charger.call('StartTransaction', begun)).toMatchObject({ transactionId });
    ids.push(transactionId);
    ctx.tick(60 * MINUTE);
    const stop = { transactionId, meterStop: 8000, timestamp: unset(60) };
    await charger.call('StopTransaction', stop);
  }
  expect(ids).toEqual([1, 2]);
});
