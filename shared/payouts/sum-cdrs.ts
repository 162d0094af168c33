import type { Cdr } from '#shared/cdrs/cdr.ts';
import { parseMinor } from '#shared/core/money.ts';
import type { CdrSums } from '#shared/payouts/compute-payout.ts';

export interface PeriodSums extends CdrSums {
  readonly sessions: number;
  readonly energy_wh: number;
}

/** What CDRs add up to. */
export function sumCdrs(cdrs: readonly Cdr[]): PeriodSums {
  const total = (figure: (receipt: Cdr['receipt']) => number) =>
    cdrs.reduce((sum, { receipt }) => sum + figure(receipt), 0);
  const rates = new Set(cdrs.map(({ receipt }) => taxRate(receipt)));
  const [rate] = rates;
  return {
    sessions: cdrs.length,
    energy_wh: total((receipt) => receipt.energy_wh),
    gross_minor: total((receipt) => receipt.total_minor),
    tax_minor: total((receipt) => receipt.tax_minor),
    tax_rate_bp: rates.size === 1 && rate !== undefined ? rate : null,
  };
}

const taxRate = ({ taxes }: Cdr['receipt']) =>
  taxes.reduce((sum, tax) => sum + parseMinor(tax.rate_percent), 0);
