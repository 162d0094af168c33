import { describe, expect, it } from 'vitest';
import { endpoint } from '#functions/api/payouts/preview-payout.ts';
import { keys } from '#shared/db/keys.ts';
import { call } from '#test/support/call.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { aSale, vendorWorld } from '#test/support/vendor-world.ts';

const DAY = 86_400_000;
const may = { period_start: '2026-05-01', period_end: '2026-05-31' };

describe('previewPayout', () => {
  it('gives the figures of the published illustration, before its adjustment', async () => {
    const { ctx, vendor } = await vendorWorld();
    await aSale(ctx, '60000.00');
    await aSale(ctx, '40000.00');
    ctx.tick(12 * DAY);
    clearOutbox(ctx);
    const { status, body } = await call(ctx, endpoint, { body: { vendor_id: vendor.id, ...may } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      vendor_id: vendor.id,
      agreement_id: vendor.agreements[0]?.id,
      currency: 'INR',
      ...may,
      sessions: 2,
      cdr_count: 2,
      energy_kwh: 28.6,
      lines: [
        { code: 'gross_collected', amount: '118000.00' },
        { code: 'output_gst', amount: '-18000.00', rate_percent: '18.00' },
        { code: 'net_revenue', amount: '100000.00', subtotal: true },
        { code: 'platform_fee', amount: '-5000.00', rate_percent: '5.00' },
        { code: 'psp_fees', amount: '-2360.00', rate_percent: '2.00' },
        { code: 'shareable_base', amount: '92640.00', subtotal: true },
        { code: 'vendor_share', amount: '64848.00', rate_percent: '70.00' },
        { code: 'gst_on_share', amount: '11672.64', tax_rule: 'gst_service@2024-07' },
        { code: 'tds', amount: '-1296.96', tax_rule: 'tds_commission@2024-10' },
      ],
      net_payable: { amount: '75223.68', currency: 'INR' },
      excluded: [],
      warnings: [],
      computed_at: '2026-06-01T06:00:00.000Z',
    });
    expect(body['preview_token']).toMatch(/^pvt_[\w-]+$/);
    expect(recordedEvents(ctx)).toEqual([]);
  });

  it('counts the CDRs issued on the days of the period, at the vendor’s sites', async () => {
    const { ctx, vendor } = await vendorWorld();
    await aSale(ctx, '100.00');
    await aSale(ctx, '500.00', 'MYS-001');
    ctx.tick(DAY);
    await aSale(ctx, '10.00');
    const body = { vendor_id: vendor.id, period_start: '2026-05-20', period_end: '2026-05-20' };
    expect((await call(ctx, endpoint, { body })).body).toMatchObject({
      sessions: 1,
      lines: [
        { amount: '118.00' },
        { amount: '-18.00' },
        { amount: '100.00' },
        {},
        {},
        {},
        {},
        {},
        {},
      ],
    });
  });

  it('warns while the period is not over', async () => {
    const { ctx, vendor } = await vendorWorld();
    const { body } = await call(ctx, endpoint, { body: { vendor_id: vendor.id, ...may } });
    expect(body).toMatchObject({
      sessions: 0,
      net_payable: { amount: '0.00' },
      warnings: [{ code: 'period_not_over' }],
    });
  });

  it('leaves out, and names, what was issued before the agreement began', async () => {
    const { ctx, vendor } = await vendorWorld();
    const early = await aSale(ctx, '100.00');
    const agreements = vendor.agreements.map((a) => ({ ...a, from: '2026-05-21' }));
    const row = { ...vendor, agreements, ...keys.vendor(ctx.tenantId, vendor.id) };
    await ctx.table.write([{ op: 'put', item: row }]);
    const { body } = await call(ctx, endpoint, { body: { vendor_id: vendor.id, ...may } });
    expect(body).toMatchObject({
      cdr_count: 0,
      excluded: [{ cdr_id: early.id, reason: 'before_agreement' }],
    });
  });

  it.each([
    ['an end before the start', { period_end: '2026-04-30' }, 'period_end', 'before_start'],
    ['93 days', { period_end: '2026-08-01' }, 'period_end', 'too_long'],
    ['a day that is none', { period_end: '2026-02-30' }, 'period_end', 'invalid_format'],
    ['no vendor', { vendor_id: '' }, 'vendor_id', 'too_small'],
    ['an unknown field', { share: '90' }, 'share', 'unknown_field'],
    [
      'a time without an agreement',
      { period_start: '2025-05-01', period_end: '2025-05-31' },
      'period_end',
      'no_agreement',
    ],
  ])('refuses %s', async (_, differences, field, code) => {
    const { ctx, vendor } = await vendorWorld();
    const body = { vendor_id: vendor.id, ...may, ...differences };
    const reply = await call(ctx, endpoint, { body });
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ errors: [{ field, code }] });
  });

  it('does not know another organization’s vendor, nor one with a site its key may not reach', async () => {
    const { ctx, vendor } = await vendorWorld();
    const body = { vendor_id: vendor.id, ...may };
    expect((await call(ctx.as({ tenantId: 'other' }), endpoint, { body })).status).toBe(404);
    const actor = { kind: 'api_key', id: 'key_2', scopes: ['*'], siteIds: ['MYS-001'] } as const;
    expect((await call(ctx.as({ actor }), endpoint, { body })).status).toBe(404);
  });
});
