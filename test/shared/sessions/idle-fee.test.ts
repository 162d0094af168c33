import { describe, test } from 'vitest';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import { endpoint as updateTariff } from '#functions/api/tariffs/update-site-tariff.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';

const MINUTE = 60_000;
/** A site that asks 2.00 a minute for standing still, after a grace of ten. */
async function aWorld(tariff: object = { idle_fee_per_minute: '2.0000', idle_grace_minutes: 10 }) {
  const ctx = testContext();
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Indiranagar' }));
  const body = { energy_rate: '18.0000', ...tariff };
  const reply = await call(ctx, updateTariff, { params: { site_id: 'BLR-IND' }, body });
  if (reply.status !== 200) throw new Error(reply.text);
  const charging = (more: object = {}) => aCharge(ctx, more, { site_id: 'BLR-IND' });
  return { ctx, charging };
}
const feeFrom = async (ctx: TestContext, session_id: string) =>
  (await call(ctx, getSession, { params: { session_id } })).body['idle_fee_from'];
const idleStarts = (ctx: TestContext) =>
  recordedEvents(ctx).filter(({ type }) => type === 'session.idle_started');

describe('a session whose vehicle has had enough', () => {
  test('tells once from when it will pay for standing still', async ({ expect }) => {
    const { ctx, charging } = await aWorld();
    const charge = await charging();
    expect(await feeFrom(ctx, charge.id)).toBeNull();
    ctx.tick(30 * MINUTE);
    await charge.measure(5000);
    clearOutbox(ctx);
    await charge.status('SuspendedEV');
    // 04:30 + 30 min of charging + 10 min of grace
    expect(await feeFrom(ctx, charge.id)).toBe('2026-06-01T05:10:00.000Z');
    expect(idleStarts(ctx)).toHaveLength(1);
    ctx.tick(MINUTE);
    await charge.measure(5000);
    expect(idleStarts(ctx)).toHaveLength(1);
  });

  test('has one grace, however often it stands still', async ({ expect }) => {
    const { ctx, charging } = await aWorld();
    const charge = await charging();
    await charge.status('SuspendedEV');
    ctx.tick(4 * MINUTE);
    await charge.status('Charging');
    expect(await feeFrom(ctx, charge.id)).toBeNull();
    ctx.tick(20 * MINUTE);
    await charge.status('SuspendedEV');
    // 04:54, and six of ten minutes are left
    expect(await feeFrom(ctx, charge.id)).toBe('2026-06-01T05:00:00.000Z');
    expect(idleStarts(ctx)).toHaveLength(2);
  });

  test('has the grace after a free half hour', async ({ expect }) => {
    const { ctx, charging } = await aWorld();
    const tariff_override = { type: 'free', duration_minutes: 30, on_expiry: 'revert' };
    const charge = await charging({ tariff_override });
    ctx.tick(5 * MINUTE);
    await charge.status('SuspendedEV');
    expect(await feeFrom(ctx, charge.id)).toBe('2026-06-01T05:10:00.000Z');
  });

  test('is told nothing where a flat price covers it all', async ({ expect }) => {
    const { ctx, charging } = await aWorld();
    const tariff_override = { type: 'flat', amount: { amount: '100.00', currency: 'INR' } };
    const charge = await charging({ tariff_override });
    await charge.status('SuspendedEV');
    expect(await feeFrom(ctx, charge.id)).toBeNull();
    expect(idleStarts(ctx)).toEqual([]);
  });

  test('is told nothing where the tariff asks nothing for it', async ({ expect }) => {
    const { ctx, charging } = await aWorld({});
    const charge = await charging();
    await charge.status('SuspendedEV');
    expect(await feeFrom(ctx, charge.id)).toBeNull();
    expect(idleStarts(ctx)).toEqual([]);
  });
});
