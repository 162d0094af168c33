import { mulDiv } from '#shared/core/money.ts';
import { ruleName, type TaxCode, type TaxRule } from '#shared/payouts/tax-rules.ts';
import type { Agreement, TaxProfile } from '#shared/vendors/vendor.ts';

/** What a period's CDRs add up to. */
export interface CdrSums {
  readonly gross_minor: number;
  readonly tax_minor: number;
  /** The one rate of all CDRs, in 1/100 percent; null where they differ. */
  readonly tax_rate_bp: number | null;
}

/** A bonus, penalty, claw-back or rounding. */
export interface Adjustment {
  readonly id: string;
  readonly amount_minor: number;
}

export interface PayoutLine {
  readonly code: string;
  readonly amount_minor: number;
  readonly rate_bp?: number;
  /** A sum of the lines above, not to be added again. */
  readonly subtotal?: boolean;
  readonly tax_rule?: string;
  readonly ref?: string;
}

export interface Payout {
  readonly lines: PayoutLine[];
  /** What is transferred: never negative. */
  readonly net_payable_minor: number;
  /** What is left for the next payout; negative where the vendor owes. */
  readonly carried_forward_minor: number;
}

interface Terms {
  readonly agreement: Agreement;
  readonly taxProfile: TaxProfile;
  /** In force on the last day of the period. */
  readonly rules: readonly TaxRule[];
}

/**
 * A vendor's payout, line by line. Pure, in integers; every percentage is rounded for itself. The
 * organization as seller shares what is left after fees; a vendor as seller gets its sale less fees
 * and what an e-commerce operator must withhold.
 */
export function computePayout(
  sums: CdrSums,
  terms: Terms,
  adjustments: readonly Adjustment[] = [],
): Payout {
  const sold =
    terms.agreement.collection === 'organization'
      ? shareLines(sums, terms)
      : saleLines(sums, terms);
  const adjusted = adjustments.map(({ id, amount_minor }) => ({
    code: 'adjustment',
    amount_minor,
    ref: id,
  }));
  const net = sum([...sold.counted, ...adjusted]);
  const due = net >= Math.max(0, terms.agreement.minimum_payout_minor);
  return {
    lines: [...sold.shown, ...adjusted],
    net_payable_minor: due ? net : 0,
    carried_forward_minor: due ? 0 : net,
  };
}

interface Lines {
  readonly shown: readonly PayoutLine[];
  /** Those that make up the payout; the others lead to them. */
  readonly counted: readonly PayoutLine[];
}

function shareLines(sums: CdrSums, { agreement, taxProfile, rules }: Terms): Lines {
  const [gross, gst, net] = revenueLines(sums);
  const fees = feeLines(sums, agreement);
  const base = subtotal('shareable_base', net.amount_minor + sum(fees));
  const shared = Math.max(0, base.amount_minor);
  const share = percentLine('vendor_share', shared, agreement.share_bp);
  const code: TaxCode = `tds_${agreement.tds_category}`;
  const counted = [
    share,
    ...(taxProfile.gstin
      ? taxLines('gst_on_share', share.amount_minor, rule(rules, 'gst_service'), 1)
      : []),
    ...withheld('tds', share.amount_minor, rule(rules, code), taxProfile),
  ];
  return { shown: [gross, gst, net, ...fees, base, ...counted], counted };
}

function saleLines(sums: CdrSums, { agreement, taxProfile, rules }: Terms): Lines {
  const [gross] = revenueLines(sums);
  const net = sums.gross_minor - sums.tax_minor;
  const fees = feeLines(sums, agreement);
  const onFees = taxLines('gst_on_fees', 0 - sum(fees), rule(rules, 'gst_service'), -1);
  const counted = [
    gross,
    ...fees,
    ...(sum(fees) === 0 ? [] : onFees),
    ...withheld('tcs', net, rule(rules, 'gst_tcs'), taxProfile),
    ...withheld('tds', sums.gross_minor, rule(rules, 'tds_ecommerce'), taxProfile),
  ];
  return { shown: counted, counted };
}

function revenueLines({ gross_minor, tax_minor, tax_rate_bp }: CdrSums) {
  const rate = tax_rate_bp === null ? {} : { rate_bp: tax_rate_bp };
  return [
    { code: 'gross_collected', amount_minor: gross_minor },
    { code: 'output_gst', amount_minor: 0 - tax_minor, ...rate },
    subtotal('net_revenue', gross_minor - tax_minor),
  ] as const satisfies PayoutLine[];
}

const feeLines = ({ gross_minor, tax_minor }: CdrSums, agreement: Agreement): PayoutLine[] => [
  ...(agreement.platform_fee_bp > 0
    ? [percentLine('platform_fee', gross_minor - tax_minor, agreement.platform_fee_bp, -1)]
    : []),
  ...(agreement.psp_fee_bp > 0
    ? [percentLine('psp_fees', gross_minor, agreement.psp_fee_bp, -1)]
    : []),
];

/** Withheld for the tax office. Who has given no PAN is withheld more. */
function withheld(
  code: 'tds' | 'tcs',
  base: number,
  found: TaxRule | undefined,
  { pan }: TaxProfile,
): PayoutLine[] {
  const rate = pan === null ? (found?.rate_without_pan_bp ?? found?.rate_bp) : found?.rate_bp;
  return taxLines(code, base, found && { ...found, rate_bp: rate ?? found.rate_bp }, -1);
}

const taxLines = (
  code: string,
  base: number,
  found: TaxRule | undefined,
  sign: 1 | -1,
): PayoutLine[] =>
  found ? [{ ...percentLine(code, base, found.rate_bp, sign), tax_rule: ruleName(found) }] : [];

const percentLine = (code: string, base: number, rate_bp: number, sign: 1 | -1 = 1) => ({
  code,
  amount_minor: 0 + sign * mulDiv(base, rate_bp, 10_000),
  rate_bp,
});

const subtotal = (code: string, amount_minor: number) => ({ code, amount_minor, subtotal: true });
const rule = (rules: readonly TaxRule[], code: TaxCode) => rules.find((r) => r.code === code);
const sum = (lines: readonly PayoutLine[]) => lines.reduce((total, l) => total + l.amount_minor, 0);
