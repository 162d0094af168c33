import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/sessions/get-session.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { keyOfSites } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

const read = (ctx: TestContext, session_id: string, headers = {}) =>
  call(ctx, endpoint, { params: { session_id }, headers });

describe('getSession', () => {
  test('shows energy, power and state of charge as they are measured', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    ctx.tick(60_000);
    await charge.measure(1357, { 'Power.Active.Import': 21_400, SoC: 46 });
    expect((await read(ctx, charge.id)).body).toMatchObject({
      status: 'charging',
      transaction_id: '1',
      meter_start_kwh: 1,
      meter_stop_kwh: null,
      energy_kwh: 0.357,
      active_power_kw: 21.4,
      soc_percent: 46,
      soc_source: 'charger',
    });
  });

  test('gives the whole CDR when asked, once there is one', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    const expanded = { params: { session_id: charge.id }, query: { expand: 'cdr' } };
    expect((await call(ctx, endpoint, expanded)).body).toMatchObject({ cdr: null });
    ctx.tick(600_000);
    await charge.end(3000);
    await settle(ctx);
    const { body } = await call(ctx, endpoint, expanded);
    expect(body).toMatchObject({ cdr: { session_id: charge.id, tariff_snapshot: { id: null } } });
    expect((await read(ctx, charge.id)).body['cdr']).not.toHaveProperty('session_id');
    expect((await call(ctx, endpoint, { ...expanded, query: { expand: 'x' } })).status).toBe(400);
  });

  test('answers 304 until something moves', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    const { headers } = await read(ctx, charge.id);
    const seen = { 'if-none-match': headers['ETag'] ?? '' };
    expect((await read(ctx, charge.id, seen)).status).toBe(304);
    await charge.measure(1100);
    expect((await read(ctx, charge.id, seen)).status).toBe(200);
  });

  test('tells of the CDR to who has seen the end already', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    ctx.tick(600_000);
    await charge.end(3000);
    const ended = await read(ctx, charge.id);
    expect(ended.body).toMatchObject({ status: 'ended', cdr: null });
    await settle(ctx);
    const seen = { 'if-none-match': ended.headers['ETag'] ?? '' };
    const later = await read(ctx, charge.id, seen);
    expect(later.status).toBe(200);
    expect(later.body).toMatchObject({ cdr: { energy_kwh: 2 }, meter_stop_kwh: 3 });
  });

  test('never shows more than the end of a token', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    const { body } = await read(ctx, charge.id);
    expect(body['token_uid_masked']).toBe(`${'•'.repeat(16)}${charge.id.slice(-4)}`);
  });

  test('knows no session of others, nor of a site that the key is not for', async ({ expect }) => {
    const ctx = testContext();
    await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
    const { id } = await aCharge(ctx, {}, { site_id: 'BLR-IND' });
    expect((await read(ctx.as({ tenantId: 'other' }), id)).status).toBe(404);
    expect((await read(ctx.as(keyOfSites('BLR-KOR')), id)).status).toBe(404);
    expect((await read(ctx.as(keyOfSites('BLR-IND')), id)).status).toBe(200);
  });
});
