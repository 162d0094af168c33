import { describe, test } from 'vitest';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import { MeteredTable } from '#shared/db/metered-table.ts';
import { reportProgress } from '#shared/sessions/report-progress.ts';
import { noReadings } from '#shared/sessions/sample.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { updateSiteTariff } from '#shared/tariffs/update-site-tariff.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const MINUTE = 60_000;
const read = async (ctx: TestContext, session_id: string) =>
  (await call(ctx, getSession, { params: { session_id } })).body;
/** What a webhook would be told: live-only events left out. */
const told = (ctx: TestContext) =>
  recordedEvents(ctx)
    .filter((e) => e.type.startsWith('session.') && e.type !== 'session.meter_values')
    .map((e) => (e.liveOnly ? `${e.type} (live)` : e.type));

/** BLR-014 at a site with 18.00 per kWh, 2.00 per idle minute after ten, GST 18 %. */
async function aPricedCharge(ctx: TestContext, body: object = {}) {
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
  await updateSiteTariff(ctx, 'BLR-IND', {
    energy_rate: '18.0000',
    idle_fee_per_minute: '2.0000',
    idle_grace_minutes: 10,
  });
  return aCharge(ctx, body, { site_id: 'BLR-IND' });
}

describe('a session', () => {
  test('goes from the request to its price', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aPricedCharge(ctx);
    ctx.tick(30 * MINUTE);
    await charge.measure(8000, { 'Power.Active.Import': 14_000 });
    // 7 kWh x 18.00 = 126.00
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'charging',
      energy_kwh: 7,
      active_power_kw: 14,
      cost: { subtotal: { amount: '126.00' } },
    });
    await charge.status('SuspendedEV');
    ctx.tick(20 * MINUTE);
    await charge.status('Finishing');
    await charge.end(8000, { reason: 'EVDisconnected' });
    await settle(ctx);
    // 126.00 + (20 - 10) x 2.00 = 146.00, GST 9 % twice: 13.14 + 13.14 = 26.28
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'ended',
      stop_reason: 'ev_disconnected',
      charging_started_at: '2026-06-01T04:30:00.000Z',
      charging_ended_at: '2026-06-01T05:00:00.000Z',
      ended_at: '2026-06-01T05:20:00.000Z',
      idle_minutes: 20,
      meter_start_kwh: 1,
      meter_stop_kwh: 8,
      cost: {
        subtotal: { amount: '146.00' },
        tax: { amount: '26.28' },
        total: { amount: '172.28' },
      },
      cdr: { energy_kwh: 7, total: { amount: '172.28', currency: 'INR' } },
      flags: [],
    });
  });

  test('keeps the price it began with', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aPricedCharge(ctx);
    ctx.tick(MINUTE);
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '99.0000' });
    await charge.end(2000);
    expect(await read(ctx, charge.id)).toMatchObject({ cost: { subtotal: { amount: '18.00' } } });
  });

  test('suspends and resumes, and counts idle time in between alone', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    clearOutbox(ctx);
    ctx.tick(10 * MINUTE);
    await charge.status('SuspendedEV');
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'suspended',
      suspended_by: 'vehicle',
      active_power_kw: 0,
    });
    ctx.tick(5 * MINUTE);
    await charge.status('SuspendedEVSE');
    expect(await read(ctx, charge.id)).toMatchObject({ suspended_by: 'charger' });
    ctx.tick(MINUTE);
    await charge.status('Charging');
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'charging',
      suspended_by: null,
      charging_ended_at: null,
      idle_minutes: 6,
    });
    expect(told(ctx)).toEqual(['session.suspended', 'session.updated', 'session.resumed']);
  });

  test('tells webhooks of its progress once a minute, the live stream of each sample', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    clearOutbox(ctx);
    for (let n = 1; n <= 5; n++) {
      ctx.tick(20_000);
      await charge.measure(1000 + n);
    }
    expect(told(ctx)).toEqual([
      'session.updated',
      'session.updated (live)',
      'session.updated (live)',
      'session.updated',
      'session.updated (live)',
    ]);
  });

  test('costs two writes a sample, each below 1 KB', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    for (let n = 1; n <= 20; n++) {
      ctx.tick(60_000);
      await charge.measure(1000 + n * 350, { 'Power.Active.Import': 21_400, SoC: 20 + n });
    }
    ctx.tick(60_000);
    const table = new MeteredTable(ctx.table);
    const gauges = { powerW: 21_400, socPercent: 41, currentA: 31, voltageV: 230 };
    const sample = { ...noReadings, ...gauges, at: ctx.now().toISOString(), registerWh: 8400 };
    await reportProgress({ ...ctx, table }, charge.id, { samples: [sample] });
    const written = table.meter.take().items.filter(({ op }) => op !== 'get');
    expect(written.map(({ op, bytes }) => [op, bytes < 1024])).toEqual([
      ['put', true],
      ['put', true],
    ]);
  });

  test('takes the figures of its end though the status came first', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    ctx.tick(10 * MINUTE);
    await charge.status('Finishing');
    await charge.status('Available');
    expect(await read(ctx, charge.id)).toMatchObject({
      status: 'charging',
      flags: ['stop_missing'],
    });
    await charge.end(3000);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'ended', energy_kwh: 2 });
  });

  test('does not end twice, nor change after its end', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    ctx.tick(MINUTE);
    await charge.end(2000, { reason: 'Local' });
    const ended = await read(ctx, charge.id);
    clearOutbox(ctx);
    ctx.tick(MINUTE);
    await charge.end(9000, { reason: 'Remote' });
    expect(await read(ctx, charge.id)).toEqual(ended);
    expect(told(ctx)).toEqual([]);
    await charge.measure(2000);
    expect(await read(ctx, charge.id)).toMatchObject({ status: 'ended', energy_kwh: 1 });
  });
});
