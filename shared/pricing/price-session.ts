import { type Charge, type ChargeCurve, chargeCurve } from '#shared/pricing/charge-curve.ts';
import { type Cut, cutAllowance } from '#shared/pricing/cut-allowance.ts';
import {
  discountLines,
  energyLines,
  fixedPriceLines,
  flatLines,
  idleLines,
  timeLines,
  tinyLines,
} from '#shared/pricing/price-lines.ts';
import type { Receipt, ReceiptLine } from '#shared/pricing/receipt.ts';
import { sumIdle } from '#shared/pricing/sum-idle.ts';
import { taxSum } from '#shared/pricing/tax-sum.ts';
import type { TariffOverride } from '#shared/tariffs/tariff-override.ts';
import type { TariffTerms } from '#shared/tariffs/tariff-terms.ts';

/** A session under both is too small to bill: a cable tried, a start that was thought better of. */
const SMALLEST_WH = 100;
const SMALLEST_SECONDS = 120;

/**
 * What a session costs, or has cost so far. Pure, in integers, and never negative: see
 * {@link chargeCurve}, {@link sumIdle} for what becomes of readings and times that cannot be.
 */
export function priceSession(
  charge: Charge,
  terms: TariffTerms,
  override: TariffOverride | null,
): Receipt {
  const curve = chargeCurve(charge);
  const idleMs = sumIdle(charge.idle, curve);
  const small = isTooSmallToBill(curve);
  const cut = cutAllowance(curve, override);
  const paidFrom = { start: cut.at, end: curve.end };
  const idleMsPaid = sumIdle(charge.idle, paidFrom);
  const paid = {
    wh: curve.totalWh - cut.wh,
    idleSeconds: wholeSeconds(idleMsPaid),
    chargingSeconds: wholeSeconds(curve.end - cut.at - idleMsPaid),
  };
  const lines = small ? tinyLines(curve.totalWh) : linesOf(terms, override, cut, paid);
  const sum = lines.reduce((total, line) => total + line.amount_minor, 0);
  return {
    currency: terms.currency,
    lines,
    tax_inclusive: terms.tax_inclusive,
    ...taxSum(sum, terms),
    energy_wh: curve.totalWh,
    billed_energy_wh: small || override?.type === 'flat' ? 0 : paid.wh,
    charging_seconds: wholeSeconds(curve.end - curve.start - idleMs),
    idle_seconds: wholeSeconds(idleMs),
    interpolated: !small && wasInterpolated(cut, terms),
    flags: small ? ['below_minimum'] : [],
  };
}

interface Paid {
  readonly wh: number;
  readonly idleSeconds: number;
  readonly chargingSeconds: number;
}

function linesOf(
  terms: TariffTerms,
  override: TariffOverride | null,
  cut: Cut,
  paid: Paid,
): ReceiptLine[] {
  if (override?.type === 'flat') return fixedPriceLines(override);
  // The session fee belongs to the start, which an allowance makes free.
  const fee = override?.type === 'free' ? 0 : terms.session_fee_minor;
  const lines = [
    ...energyLines(terms, cut.wh, paid.wh),
    ...timeLines(terms, paid.chargingSeconds),
    ...idleLines(terms, paid.idleSeconds),
    ...flatLines(fee, 'Session fee'),
  ];
  const sum = lines.reduce((total, line) => total + line.amount_minor, 0);
  return [...lines, ...discountLines(sum, override)];
}

/** Organizations bill such a session with 0 (a rule of the CDR, not of a tariff). */
const isTooSmallToBill = ({ totalWh, start, end }: ChargeCurve) =>
  totalWh < SMALLEST_WH && end - start < SMALLEST_SECONDS * 1000;

/** An estimated instant matters only where minutes cost something. */
const wasInterpolated = (cut: Cut, terms: TariffTerms) =>
  cut.energyInterpolated ||
  (cut.instantInterpolated && terms.time_rate_per_minute + terms.idle_fee_per_minute > 0);

const wholeSeconds = (ms: number) => Math.floor(ms / 1000);
