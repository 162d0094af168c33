import { describe, test } from 'vitest';
import { endpoint as timeline } from '#functions/api/sessions/get-session-timeline.ts';
import { endpoint as meterValues } from '#functions/api/sessions/list-session-meter-values.ts';
import { endpoint as stop } from '#functions/api/sessions/stop-session.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

const ask = (ctx: TestContext, endpoint: Endpoint, session_id: string, query: object = {}) =>
  call(ctx, endpoint, { params: { session_id }, query: { ...query } });

describe('listSessionMeterValues', () => {
  test('gives the series, oldest first, in the units of the API', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    ctx.tick(60_000);
    await charge.measure(1357, { 'Power.Active.Import': 21_400, SoC: 46 });
    ctx.tick(60_000);
    await charge.measure(1714);
    expect((await ask(ctx, meterValues, charge.id)).body).toEqual({
      meter_values: [
        {
          at: '2026-06-01T04:31:00.000Z',
          energy_kwh: 0.357,
          register_kwh: 1.357,
          power_kw: 21.4,
          current_a: null,
          voltage_v: null,
          soc_percent: 46,
          temperature_c: null,
          context: 'periodic',
        },
        expect.objectContaining({ at: '2026-06-01T04:32:00.000Z', energy_kwh: 0.714 }),
      ],
      total: null,
      next_cursor: null,
    });
  });

  test('goes a page at a time', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    for (let n = 1; n <= 3; n++) {
      ctx.tick(60_000);
      await charge.measure(1000 + n * 100);
    }
    const first = await ask(ctx, meterValues, charge.id, { limit: 2 });
    expect(first.body['meter_values']).toMatchObject([{ energy_kwh: 0.1 }, { energy_kwh: 0.2 }]);
    const cursor = first.body['next_cursor'];
    const second = await ask(ctx, meterValues, charge.id, { limit: 2, cursor });
    expect(second.body).toMatchObject({ meter_values: [{ energy_kwh: 0.3 }], next_cursor: null });
  });
});

describe('getSessionTimeline', () => {
  test('tells every step, and who or what caused it', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    ctx.tick(60_000);
    await charge.status('SuspendedEV');
    ctx.tick(60_000);
    await call(ctx, stop, { params: { session_id: charge.id } });
    await charge.end(1500, { reason: 'Remote' });
    const { body } = await ask(ctx, timeline, charge.id);
    const entries = Array.isArray(body['entries']) ? body['entries'] : [];
    expect(entries.map((e) => [e.status, e.because, e.cause.type])).toEqual([
      ['starting', 'Start requested.', 'api_request'],
      ['charging', 'The charger began the transaction.', 'charger_message'],
      ['suspended', 'Energy flow held by the vehicle.', 'charger_message'],
      ['stopping', 'Stop requested (remote).', 'api_request'],
      ['ended', 'Ended: remote.', 'charger_message'],
    ]);
    expect(entries[0].cause).toMatchObject({ ref: 'startSession', actor: 'key_test' });
    expect(entries[1].cause.ref).toMatch(/^StartTransaction#/);
  });
});

test.for([
  ['the meter values', meterValues],
  ['the timeline', timeline],
] as const)('%s of a session of others are not found', async ([, endpoint], { expect }) => {
  const ctx = testContext();
  const { id } = await aCharge(ctx);
  expect((await ask(ctx, endpoint, id)).status).toBe(200);
  expect((await ask(ctx.as({ tenantId: 'other' }), endpoint, id)).status).toBe(404);
  expect((await ask(ctx, endpoint, 'sess_unknown')).status).toBe(404);
});

test('a cursor of one session opens no other', async ({ expect }) => {
  const ctx = testContext();
  const charge = await aCharge(ctx);
  const { body } = await ask(ctx, timeline, charge.id, { limit: 1 });
  const query = { limit: 1, cursor: body['next_cursor'] };
  expect((await ask(ctx, timeline, charge.id, query)).status).toBe(200);
  await charge.end(2000);
  await charge.status('Available');
  const another = await aCharge(ctx.as({ tenantId: 'other' }));
  const elsewhere = await ask(ctx.as({ tenantId: 'other' }), timeline, another.id, query);
  expect([elsewhere.status, elsewhere.body['code']]).toEqual([400, 'invalid_request']);
});
