import type * as z from 'zod';
import { Money, moneyOf } from '#shared/core/money.ts';
import { ReceiptLine } from '#shared/pricing/receipt.ts';

/** A receipt's line as the API shows it. */
export const CostLine = ReceiptLine.omit({ amount_minor: true })
  .extend({ amount: Money })
  .meta({
    id: 'CostLine',
    description: 'One component of the price; `explanation` is what a person checks it by.',
    example: {
      component: 'energy',
      description: 'Energy',
      quantity: '14.300',
      unit: 'kWh',
      rate: '16.0000',
      amount: { amount: '228.80', currency: 'INR' },
      explanation: '14.300 kWh × 16.0000 = 228.80',
    },
  });
export type CostLine = z.infer<typeof CostLine>;

export const costLine = ({ amount_minor, ...line }: ReceiptLine, currency: string): CostLine => ({
  ...line,
  amount: moneyOf(amount_minor, currency),
});
