import { describe, expect, test } from 'vitest';
import { endpoint } from '#functions/api/sessions/reconcile-session.ts';
import { listCdrs } from '#shared/cdrs/list-cdrs.ts';
import { call } from '#test/support/call.ts';
import { hour201, tell } from '#test/support/charge-201.ts';
import { aPricedPeer, MINUTE, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

/** A charge of 6 kWh after 45 minutes, of which the end is lost. */
async function stuck() {
  const { ctx, charger } = await aPricedPeer({ version: 'ocpp2.0.1' });
  ctx.tick(60 * MINUTE);
  for (const seq of [0, 1, 2, 3]) await tell(charger, hour201[seq] ?? { seq });
  const { id } = await theSession(ctx);
  const ask = (body: object = {}, session_id = id) =>
    call(ctx, endpoint, { params: { session_id }, body });
  const cdrs = async () => {
    await settle(ctx);
    return (await listCdrs(ctx, {}, { limit: 5 })).items;
  };
  return { ctx, charger, ask, cdrs };
}

describe('the charger is asked', () => {
  test('and a transaction that is over ends at its last reading', async () => {
    const { ctx, charger, ask, cdrs } = await stuck();
    expect(await ask()).toMatchObject({ status: 202, body: { type: 'check_transaction' } });
    expect(charger.lastAsked()).toMatchObject({ payload: { transactionId: 'TX-1' } });
    await charger.reply(charger.lastAsked(), { ongoingIndicator: false, messagesInQueue: false });
    expect(await theSession(ctx)).toMatchObject({
      status: 'ended',
      energy_kwh: 6,
      ended_at: '2026-06-01T12:45:00.000Z',
      flags: ['end_assumed'],
    });
    expect(await cdrs()).toHaveLength(1);
  });

  test.each([
    ['goes on', { ongoingIndicator: true, messagesInQueue: false }],
    ['has messages under way', { ongoingIndicator: false, messagesInQueue: true }],
    ['is not known', { messagesInQueue: false }],
  ])('and nothing is guessed of one that %s', async (_, answer) => {
    const { ctx, charger, ask, cdrs } = await stuck();
    await ask();
    await charger.reply(charger.lastAsked(), answer);
    expect(await theSession(ctx)).toMatchObject({ status: 'charging', flags: [] });
    expect(await cdrs()).toEqual([]);
  });
});

describe('closed by force', () => {
  // 8.5 kWh at 16.00 are 136.00; with 18 % tax 160.48.
  test('a session ends with what is stated, once', async () => {
    const { ctx, charger, ask, cdrs } = await stuck();
    const force = { meter_stop_kwh: 1008.5, ended_at: '2026-06-01T12:58:00Z' };
    const done = await ask({ force });
    expect(done).toMatchObject({
      status: 200,
      body: { status: 'completed', result: { outcome: 'forced' } },
    });
    expect(await theSession(ctx)).toMatchObject({
      status: 'ended',
      stop_reason: 'forced',
      energy_kwh: 8.5,
      ended_at: '2026-06-01T12:58:00.000Z',
      flags: ['end_stated'],
    });
    expect(await ask({ force })).toMatchObject({ status: 409 });
    await tell(charger, hour201[4] ?? { seq: 4 });
    expect(await cdrs()).toMatchObject([{ total: { amount: '160.48' } }]);
  });

  test.each([
    [{ meter_stop_kwh: 1005.9 }, 'force.meter_stop_kwh'],
    [{ meter_stop_kwh: 1007, ended_at: '2026-06-01T11:59:00Z' }, 'force.ended_at'],
    [{ meter_stop_kwh: 1007, ended_at: '2026-06-01T13:01:00Z' }, 'force.ended_at'],
    [{ meter_stop_kwh: -1 }, 'force.meter_stop_kwh'],
  ])('it is refused with %j', async (force, field) => {
    const { ctx, ask } = await stuck();
    expect(await ask({ force })).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    expect(await theSession(ctx)).toMatchObject({ status: 'charging' });
  });
});

test('nobody else has such a session', async () => {
  const { ctx, ask } = await stuck();
  expect(await ask({}, 'sess_NOBODYS')).toMatchObject({ status: 404 });
  const { id } = await theSession(ctx);
  const other = ctx.as({ tenantId: 'other' });
  expect(await call(other, endpoint, { params: { session_id: id }, body: {} })).toMatchObject({
    status: 404,
  });
});
