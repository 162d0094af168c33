import { describe, expect, it } from 'vitest';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { seedSiteTariff } from '#shared/tariffs/seed-site-tariff.ts';
import { termsInForce } from '#shared/tariffs/site-tariff.ts';
import { gstHalves } from '#shared/tariffs/tariff-version.ts';
import { updateSiteTariff } from '#shared/tariffs/update-site-tariff.ts';
import { testContext } from '#test/support/context.ts';

const NOON = '2026-06-01T12:00:00.000Z';

async function world() {
  const ctx = testContext({ at: NOON });
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Indiranagar' }));
  return ctx;
}

describe('termsInForce', () => {
  it('is free where there is no tariff, and where there is no site', async () => {
    const ctx = await world();
    const free = { id: null, energy_rate: 0, session_fee_minor: 0, currency: 'INR' };
    expect(await termsInForce(ctx, 'BLR-IND', NOON)).toMatchObject(free);
    expect(await termsInForce(ctx, null, NOON)).toMatchObject(free);
  });

  it('gives a session the prices of the time it began, also when that is told late', async () => {
    const ctx = await world();
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '18.0000' });
    ctx.tick(3_600_000);
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '19.5000' });
    const rateAt = async (at: string) => (await termsInForce(ctx, 'BLR-IND', at)).energy_rate;
    expect(await rateAt('2026-06-01T11:59:59.999Z')).toBe(0);
    expect(await rateAt('2026-06-01T12:00:00Z')).toBe(180_000);
    expect(await rateAt('2026-06-01T18:29:59.999+05:30')).toBe(180_000);
    expect(await rateAt('2026-06-01T13:00:00.000Z')).toBe(195_000);
  });

  it('lets a scheduled price take over at its instant, and the later of two for one instant count', async () => {
    const ctx = await world();
    const midnight = '2026-06-02T00:00:00+05:30';
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '20', effective_from: midnight });
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '21', effective_from: midnight });
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '18' });
    const rateAt = async (at: string) => (await termsInForce(ctx, 'BLR-IND', at)).energy_rate;
    expect(await rateAt('2026-06-01T18:29:59.999Z')).toBe(180_000);
    expect(await rateAt('2026-06-01T18:30:00.000Z')).toBe(210_000);
  });

  it('belongs to one organization', async () => {
    const ctx = await world();
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '18' });
    const other = ctx.as({ tenantId: 'other' });
    expect(await termsInForce(other, 'BLR-IND', NOON)).toMatchObject({ id: null });
  });
});

describe('updateSiteTariff', () => {
  it('makes a version of each of many changes at a time', async () => {
    const ctx = await world();
    const rates = ['11', '12', '13', '14', '15'];
    const made = await Promise.all(
      rates.map((energy_rate) => updateSiteTariff(ctx, 'BLR-IND', { energy_rate })),
    );
    expect(made.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(5);
  });

  it('adds a scheduled change to what will be in force then, not to what is now', async () => {
    const ctx = await world();
    const day = (n: number) => `2026-06-0${n}T00:00:00.000Z`;
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '18', session_fee: '5' });
    await updateSiteTariff(ctx, 'BLR-IND', { energy_rate: '20', effective_from: day(2) });
    const third = await updateSiteTariff(ctx, 'BLR-IND', {
      idle_fee_per_minute: '1',
      effective_from: day(3),
    });
    expect(third).toMatchObject({
      energy_rate: '20.0000',
      idle_fee_per_minute: '1.0000',
      session_fee: '5.00',
    });
  });
});

describe('seedSiteTariff', () => {
  it('sets 18.00 per kWh and 2.00 per idle minute once, and leaves a tariff that is there', async () => {
    const ctx = await world();
    const seeded = await seedSiteTariff(ctx, 'BLR-IND');
    expect(seeded).toMatchObject({
      energy_rate: '18.0000',
      idle_fee_per_minute: '2.0000',
      idle_grace_minutes: 10,
      taxes: [
        { type: 'CGST', rate_percent: '9.00' },
        { type: 'SGST', rate_percent: '9.00' },
      ],
      warnings: [],
    });
    expect(await seedSiteTariff(ctx, 'BLR-IND')).toEqual(seeded);
  });
});

it('halves GST to the hundredth of a percent, and the halves make the whole', () => {
  expect(gstHalves('18.00').map((tax) => tax.rate_bp)).toEqual([900, 900]);
  expect(gstHalves('5.25').map((tax) => tax.rate_bp)).toEqual([262, 263]);
  expect(gstHalves('0.00')).toEqual([]);
});
