import { describe, expect, test } from 'vitest';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { orphansOf } from '#shared/sessions/orphans.ts';
import { EIGHT_KWH } from '#test/support/charge-16.ts';
import { eventOf, hour201, tell } from '#test/support/charge-201.ts';
import { aPricedPeer, MINUTE, sessionsOf, theSession } from '#test/support/ocpp-site.ts';
import { recordedEvents } from '#test/support/outbox.ts';

async function aCharger() {
  const world = await aPricedPeer({ version: 'ocpp2.0.1' });
  world.ctx.tick(60 * MINUTE);
  return world;
}

/** Events of the hour by their numbers, told in this order. */
async function told(...order: readonly number[]) {
  const { ctx, charger } = await aCharger();
  const replies = [];
  for (const seq of order) replies.push(await tell(charger, hour201[seq] ?? { seq }));
  return { ctx, charger, replies };
}

// Gotcha 24: each number once, in whatever order they arrive.
describe('a transaction', () => {
  test('told in order is one session, and its end tells what it cost', async () => {
    const { ctx, replies } = await told(0, 1, 2, 3, 4);
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: [] });
    expect(replies[0]).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect(replies[4]).toEqual({ totalCost: 151.04 });
  });

  test('of which every event comes twice is told like one that is not', async () => {
    const { ctx, replies } = await told(0, 0, 1, 1, 2, 3, 2, 4, 4, 0);
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: [] });
    expect(replies[8]).toEqual({ totalCost: 151.04 });
  });

  test.each([
    [[0, 2, 1, 3, 4], 'two events have changed places'],
    [[0, 3, 1, 2, 4], 'one came early'],
    [[1, 0, 2, 3, 4], 'the beginning comes late'],
    [[3, 1, 0, 2, 4], 'nothing is in its place'],
  ])('told as %j is billed the same: %s', async (order) => {
    const { ctx } = await told(...order);
    const session = await theSession(ctx);
    expect(session).toMatchObject({ ...EIGHT_KWH, flags: [] });
    expect(session.charging_started_at).toBe('2026-06-01T12:00:00.000Z');
  });

  test('with a hole is ended and waits, until the missing event comes', async () => {
    const { ctx, charger } = await told(0, 1, 3, 4);
    const incomplete = await theSession(ctx);
    expect(incomplete).toMatchObject({ ...EIGHT_KWH, flags: ['awaiting_reports'] });
    await tell(charger, hour201[2] ?? { seq: 2 });
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: [] });
    expect(recordedEvents(ctx).map(({ type }) => type)).toContain('session.reconciled');
  });

  test('goes by the newest state of charging, not by the one that comes last', async () => {
    const { ctx, charger } = await told(0);
    await tell(charger, { seq: 2, minute: 30, wh: 1_004_000, state: 'SuspendedEV' });
    await tell(charger, { seq: 1, minute: 15, wh: 1_002_000, state: 'Charging' });
    expect(await theSession(ctx)).toMatchObject({ status: 'suspended', suspended_by: 'vehicle' });
  });

  test('that updates after its end stays ended', async () => {
    const { ctx } = await told(0, 1, 2, 4, 3);
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: [] });
  });

  test('whose beginning never comes gets one, and is marked', async () => {
    const { ctx } = await told(1, 2, 3, 4);
    expect(await theSession(ctx)).toMatchObject({
      status: 'ended',
      energy_kwh: 6,
      flags: expect.arrayContaining(['start_missing', 'awaiting_reports']),
    });
  });

  test('of which only the end comes is kept, with what that tells', async () => {
    const { ctx, charger } = await aCharger();
    const sample = (minute: number, value: number, context: string) => ({
      timestamp: `2026-06-01T12:${String(minute).padStart(2, '0')}:00Z`,
      sampledValue: [{ value, context }],
    });
    const meterValue = [
      sample(0, 1_000_000, 'Transaction.Begin'),
      sample(59, 1_008_000, 'Transaction.End'),
    ];
    await tell(charger, {
      type: 'Ended',
      seq: 4,
      minute: 60,
      token: 'DRIVER',
      more: { meterValue },
    });
    expect(await theSession(ctx)).toMatchObject({
      status: 'ended',
      energy_kwh: 8,
      charging_started_at: '2026-06-01T12:00:00.000Z',
      flags: ['awaiting_reports'],
    });
  });

  test('may begin its numbers again in the next transaction', async () => {
    const { ctx, charger } = await told(0, 1, 2, 3, 4);
    ctx.tick(60 * MINUTE);
    for (const event of hour201) await tell(charger, { ...event, tx: 'TX-2' });
    expect(await sessionsOf(ctx)).toMatchObject([EIGHT_KWH, EIGHT_KWH]);
  });

  test('with an id longer than any is a session like any other', async () => {
    const { ctx, charger } = await aCharger();
    for (const event of hour201) await tell(charger, { ...event, tx: 'x'.repeat(60) });
    expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, transaction_id: 'x'.repeat(60) });
  });

  test('with the id 0 is not taken for another', async () => {
    const { ctx, charger } = await aCharger();
    await tell(charger, { ...hour201[0], seq: 0, tx: 'OTHER', evse: { id: 2 } });
    for (const event of hour201) await tell(charger, { ...event, tx: '0' });
    const zero = (await sessionsOf(ctx)).find((s) => s.transaction_id === '0');
    expect(zero).toMatchObject(EIGHT_KWH);
  });
});

// Gotcha 21.
test('an event without any transaction is answered and kept whole', async () => {
  const { ctx, charger } = await aCharger();
  const { transactionInfo: _, ...event } = eventOf({ seq: 3, wh: 5 });
  expect(await charger.call('TransactionEvent', event)).toEqual({});
  expect(await orphansOf(ctx, 'CP-1')).toMatchObject([{ payload: event }]);
});

// Gotcha 23: 2.0.1 says so itself.
test('events told offline are marked, and leave newer news of the connector alone', async () => {
  const { ctx, charger } = await aCharger();
  const free = { connectorStatus: 'Available', evseId: 1, connectorId: 1 };
  await charger.call('StatusNotification', { timestamp: '2026-06-01T12:59:00Z', ...free });
  for (const event of hour201.slice(0, 4))
    await tell(charger, { ...event, more: { offline: true } });
  expect(await theSession(ctx)).toMatchObject({ status: 'charging', offline: true, energy_kwh: 6 });
  expect((await getChargerView(ctx, 'CP-1')).connectors).toMatchObject([{ status: 'Available' }]);
});

// A cable that is pulled frees the connector before the transaction is reported as ended.
test('the end of a transaction does not occupy a connector that is free', async () => {
  const { ctx, charger } = await told(0, 1, 2, 3);
  const free = { connectorStatus: 'Available', evseId: 1, connectorId: 1 };
  await charger.call('StatusNotification', { timestamp: '2026-06-01T12:59:00Z', ...free });
  expect(await theSession(ctx)).toMatchObject({ flags: ['stop_missing'] });
  await tell(charger, hour201[4] ?? { seq: 4 });
  expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, flags: [] });
  expect((await getChargerView(ctx, 'CP-1')).connectors).toMatchObject([{ status: 'Available' }]);
});
