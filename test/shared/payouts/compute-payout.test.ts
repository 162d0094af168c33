import { describe, expect, it } from 'vitest';
import { type CdrSums, computePayout } from '#shared/payouts/compute-payout.ts';
import { rulesOn } from '#shared/payouts/tax-rules.ts';
import { Agreement, type TaxProfile } from '#shared/vendors/vendor.ts';

const rules = rulesOn('2026-05-31');
const registered: TaxProfile = { pan: 'AAACI1234F', gstin: '29AAACI1234F1Z5' };
/** 100,000.00 and 18 % GST. */
const sums: CdrSums = { gross_minor: 11_800_000, tax_minor: 1_800_000, tax_rate_bp: 1800 };

const agreement = (differences: Partial<Agreement> = {}) =>
  Agreement.parse({
    id: 'agr_1',
    model: 'revenue_share',
    collection: 'organization',
    share_bp: 7000,
    platform_fee_bp: 500,
    psp_fee_bp: 200,
    tds_category: 'commission',
    from: '2026-01-01',
    ...differences,
  });

const amounts = (payout: ReturnType<typeof computePayout>) =>
  payout.lines.map(({ code, amount_minor }) => [code, amount_minor]);

describe('computePayout', () => {
  it('reproduces the published illustration to the paisa', () => {
    // 118,000.00 − 18,000.00 = 100,000.00; 5 % of it, 2 % of 118,000.00; 92,640.00 × 70 %;
    // 64,848.00 × 18 %; 64,848.00 × 2 %; an adjustment of −500.00.
    const terms = { agreement: agreement(), taxProfile: registered, rules };
    const payout = computePayout(sums, terms, [{ id: 'adj_1', amount_minor: -50_000 }]);
    expect(payout.lines).toEqual([
      { code: 'gross_collected', amount_minor: 11_800_000 },
      { code: 'output_gst', amount_minor: -1_800_000, rate_bp: 1800 },
      { code: 'net_revenue', amount_minor: 10_000_000, subtotal: true },
      { code: 'platform_fee', amount_minor: -500_000, rate_bp: 500 },
      { code: 'psp_fees', amount_minor: -236_000, rate_bp: 200 },
      { code: 'shareable_base', amount_minor: 9_264_000, subtotal: true },
      { code: 'vendor_share', amount_minor: 6_484_800, rate_bp: 7000 },
      {
        code: 'gst_on_share',
        amount_minor: 1_167_264,
        rate_bp: 1800,
        tax_rule: 'gst_service@2024-07',
      },
      { code: 'tds', amount_minor: -129_696, rate_bp: 200, tax_rule: 'tds_commission@2024-10' },
      { code: 'adjustment', amount_minor: -50_000, ref: 'adj_1' },
    ]);
    expect(payout).toMatchObject({ net_payable_minor: 7_472_368, carried_forward_minor: 0 });
  });

  it('adds no GST for a vendor that is not registered, and withholds 20 % without a PAN', () => {
    // 64,848.00 − 12,969.60
    const taxProfile = { pan: null, gstin: null };
    const payout = computePayout(sums, { agreement: agreement(), taxProfile, rules });
    expect(amounts(payout).slice(-2)).toEqual([
      ['vendor_share', 6_484_800],
      ['tds', -1_296_960],
    ]);
    expect(payout.net_payable_minor).toBe(5_187_840);
  });

  it('passes a sale on where the vendor is the seller, less fees, TCS and TDS', () => {
    // 118,000.00 − 5,000.00 − 2,360.00 − 18 % of 7,360.00 (1,324.80)
    //   − 0.5 % of 100,000.00 (500.00) − 0.1 % of 118,000.00 (118.00) = 108,697.20
    const terms = {
      agreement: agreement({ collection: 'vendor' }),
      taxProfile: registered,
      rules,
    };
    const payout = computePayout(sums, terms);
    expect(amounts(payout)).toEqual([
      ['gross_collected', 11_800_000],
      ['platform_fee', -500_000],
      ['psp_fees', -236_000],
      ['gst_on_fees', -132_480],
      ['tcs', -50_000],
      ['tds', -11_800],
    ]);
    expect(payout.net_payable_minor).toBe(10_869_720);
  });

  it('carries forward what the vendor owes, and pays nothing', () => {
    const none = { gross_minor: 0, tax_minor: 0, tax_rate_bp: null };
    const terms = { agreement: agreement(), taxProfile: registered, rules };
    const payout = computePayout(none, terms, [{ id: 'adj_1', amount_minor: -50_000 }]);
    expect(payout).toMatchObject({ net_payable_minor: 0, carried_forward_minor: -50_000 });
  });

  it('carries forward what is below the minimum, and pays what reaches it', () => {
    const least = (minimum_payout_minor: number) => ({
      agreement: agreement({ minimum_payout_minor }),
      taxProfile: registered,
      rules,
    });
    // 64,848.00 + 11,672.64 − 1,296.96 = 75,223.68
    expect(computePayout(sums, least(7_522_369))).toMatchObject({
      net_payable_minor: 0,
      carried_forward_minor: 7_522_368,
    });
    expect(computePayout(sums, least(7_522_368))).toMatchObject({
      net_payable_minor: 7_522_368,
      carried_forward_minor: 0,
    });
  });

  it('rounds each percentage half up', () => {
    // 0.05 + GST 0.01: 5 % of 0.05 = 0.0025 → 0.00; 2 % of 0.06 → 0.00; 70 % of 0.05 = 0.035 → 0.04;
    // 18 % of 0.04 = 0.0072 → 0.01; 2 % of 0.04 → 0.00.
    const tiny = { gross_minor: 6, tax_minor: 1, tax_rate_bp: 1800 };
    const payout = computePayout(tiny, { agreement: agreement(), taxProfile: registered, rules });
    expect(payout.net_payable_minor).toBe(5);
  });
});

describe('rulesOn', () => {
  it('knows no TCS of half a percent before it was law', () => {
    const codes = (day: string) => rulesOn(day).map(({ code }) => code);
    expect(codes('2024-07-09')).not.toContain('gst_tcs');
    expect(codes('2024-07-10')).toContain('gst_tcs');
    expect(codes('2024-09-30')).not.toContain('tds_commission');
    expect(codes('2024-10-01')).toContain('tds_commission');
  });
});
