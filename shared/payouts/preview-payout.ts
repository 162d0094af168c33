import type { Cdr } from '#shared/cdrs/cdr.ts';
import { cdrsNewestFirst } from '#shared/cdrs/list-cdrs.ts';
import { type Context, isoNow } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { formatMinor, moneyOf } from '#shared/core/money.ts';
import { SEAL_NONCE_BYTES, seal } from '#shared/core/seal.ts';
import { kwhOfWh } from '#shared/core/units.ts';
import { getOrganization, type Organization } from '#shared/organizations/organization.ts';
import { computePayout, type Payout, type PayoutLine } from '#shared/payouts/compute-payout.ts';
import type { PayoutPreview } from '#shared/payouts/payout-preview.ts';
import { daysOf, instantsOf, type Period, startOfDay } from '#shared/payouts/period.ts';
import { type PeriodSums, sumCdrs } from '#shared/payouts/sum-cdrs.ts';
import { rulesOn } from '#shared/payouts/tax-rules.ts';
import { type Agreement, agreementOn, getVendor, type Vendor } from '#shared/vendors/vendor.ts';

const LONGEST_DAYS = 92;
const TOKEN_VALID_MS = 3_600_000;

/** A payout computed, and what it was computed from. */
export interface ComputedPayout extends Payout {
  readonly sums: PeriodSums;
  readonly agreement: Agreement;
  readonly excluded: readonly Cdr[];
}

/** Undefined where the vendor has no agreement on the last day of the period. */
export async function payoutOf(
  ctx: Context,
  vendor: Vendor,
  period: Period,
  { timezone }: Organization,
): Promise<ComputedPayout | undefined> {
  const agreement = agreementOn(vendor, period.to);
  if (!agreement) return undefined;
  const cdrs: Cdr[] = [];
  for (const site_id of vendor.site_ids)
    for await (const cdr of cdrsNewestFirst(ctx, { site_id, ...instantsOf(period, timezone) }))
      cdrs.push(cdr);
  const begins = startOfDay(agreement.from, timezone);
  const sums = sumCdrs(cdrs.filter((cdr) => cdr.issued_at >= begins));
  const terms = { agreement, taxProfile: vendor.tax_profile, rules: rulesOn(period.to) };
  const excluded = cdrs.filter((cdr) => cdr.issued_at < begins);
  return { ...computePayout(sums, terms), sums, agreement, excluded };
}

/** What a vendor would be paid for a period. Nothing is stored. Throws not_found, validation_failed. */
export async function previewPayout(
  ctx: Context,
  vendorId: string,
  period: Period,
): Promise<PayoutPreview> {
  checkPeriod(period);
  const vendor = await getVendor(ctx, vendorId);
  const organization = await getOrganization(ctx);
  const payout = await payoutOf(ctx, vendor, period, organization);
  if (!payout) throw refused('period_end', 'no_agreement', 'No agreement is in force then.');
  const { sums, agreement, excluded } = payout;
  return {
    vendor_id: vendor.id,
    agreement_id: agreement.id,
    currency: organization.currency,
    period_start: period.from,
    period_end: period.to,
    sessions: sums.sessions,
    energy_kwh: kwhOfWh(sums.energy_wh),
    lines: payout.lines.map(lineView),
    net_payable: moneyOf(payout.net_payable_minor, organization.currency),
    carried_forward: moneyOf(payout.carried_forward_minor, organization.currency),
    cdr_count: sums.sessions,
    excluded: excluded.map(({ id }) => ({ cdr_id: id, reason: 'before_agreement' as const })),
    warnings: warningsOf(ctx, vendor, payout, instantsOf(period, organization.timezone)),
    computed_at: isoNow(ctx),
    preview_token: await previewToken(ctx, vendor, period, payout),
  };
}

const lineView = ({ code, amount_minor, rate_bp, ...rest }: PayoutLine) => ({
  code,
  amount: formatMinor(amount_minor),
  ...(rate_bp === undefined ? {} : { rate_percent: formatMinor(rate_bp) }),
  ...rest,
});

function warningsOf(
  ctx: Context,
  { tax_profile }: Vendor,
  { carried_forward_minor: left, agreement }: Payout & { agreement: Agreement },
  { issued_before }: { issued_before: string },
): PayoutPreview['warnings'] {
  const all = [
    issued_before > isoNow(ctx) && warning('period_not_over', 'The period is not over yet.'),
    left < 0 && warning('negative_carries_forward', 'The vendor owes this; it carries forward.'),
    left > 0 &&
      warning(
        'below_minimum_payout',
        `Below the minimum of ${formatMinor(agreement.minimum_payout_minor)}; it carries forward.`,
      ),
    tax_profile.pan === null &&
      warning('pan_missing', 'Without a PAN more tax is withheld from the vendor.'),
  ];
  return all.filter((w) => w !== false);
}

const warning = (code: PayoutPreview['warnings'][number]['code'], message: string) => ({
  code,
  message,
});

/** Proves to the booking, for an hour, which figures were seen. */
async function previewToken(ctx: Context, vendor: Vendor, period: Period, payout: ComputedPayout) {
  const secret = await ctx.cursorKey();
  const sealing = { secret, purpose: 'payout preview', binding: ctx.tenantId };
  const until = ctx.now().getTime() + TOKEN_VALID_MS;
  const { net_payable_minor: net, agreement, sums } = payout;
  const seen = [until, vendor.id, agreement.id, period.from, period.to, sums.sessions, net];
  return `pvt_${seal(sealing, ctx.newSecret(SEAL_NONCE_BYTES), JSON.stringify(seen))}`;
}

function checkPeriod(period: Period): void {
  const days = daysOf(period);
  if (days < 1) throw refused('period_end', 'before_start', 'The period ends before it begins.');
  if (days > LONGEST_DAYS)
    throw refused('period_end', 'too_long', `At most ${LONGEST_DAYS} days at a time.`);
}

const refused = (field: string, code: string, message: string) =>
  new AppError('validation_failed', message, { errors: [{ field, code, message }] });
