import { formatMinor, mulDiv } from '#shared/core/money.ts';
import type { TaxLine } from '#shared/pricing/receipt.ts';
import type { TariffTerms } from '#shared/tariffs/tariff-terms.ts';

export interface TaxedSum {
  readonly subtotal_minor: number;
  readonly taxes: TaxLine[];
  readonly tax_minor: number;
  readonly total_minor: number;
}

const WHOLE = 10_000;
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

/**
 * Each tax is rounded for itself. On top: on the subtotal. Inclusive: as its share of the sum that was
 * shown, and the subtotal is what remains, so that the driver pays the shown price to the paisa.
 */
export function taxSum(sum: number, { taxes, tax_inclusive }: TariffTerms): TaxedSum {
  const whole = tax_inclusive ? WHOLE + sumOf(taxes.map((tax) => tax.rate_bp)) : WHOLE;
  const amounts = taxes.map((tax) => mulDiv(sum, tax.rate_bp, whole));
  const tax = sumOf(amounts);
  const subtotal = tax_inclusive ? sum - tax : sum;
  return {
    subtotal_minor: subtotal,
    taxes: taxes.map(({ type, rate_bp }, i) => ({
      type,
      rate_percent: formatMinor(rate_bp),
      base_minor: subtotal,
      amount_minor: amounts[i] ?? 0,
    })),
    tax_minor: tax,
    total_minor: subtotal + tax,
  };
}
