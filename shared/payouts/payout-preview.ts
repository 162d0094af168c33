import * as z from 'zod';
import { Money } from '#shared/core/money.ts';

const amount = z.string().meta({ description: 'Decimal string, two digits; signed.' });

const PayoutPreviewLine = z
  .object({
    code: z.string().meta({ example: 'vendor_share' }),
    amount,
    rate_percent: z.string().optional(),
    subtotal: z.boolean().optional().meta({ description: 'A sum of the lines above.' }),
    tax_rule: z.string().optional().meta({ example: 'tds_commission@2024-10' }),
    ref: z.string().optional(),
  })
  .meta({ id: 'PayoutLine', description: 'One step on the way from what was collected.' });

export const PayoutPreview = z
  .object({
    vendor_id: z.string(),
    agreement_id: z.string(),
    currency: z.string(),
    period_start: z.iso.date(),
    period_end: z.iso.date(),
    sessions: z.int(),
    energy_kwh: z.number(),
    lines: z.array(PayoutPreviewLine),
    net_payable: Money.meta({ description: 'What would be transferred; never negative.' }),
    carried_forward: Money.meta({
      description: 'Left for the next payout: below the minimum, or negative where owed.',
    }),
    cdr_count: z.int(),
    excluded: z.array(z.object({ cdr_id: z.string(), reason: z.enum(['before_agreement']) })),
    warnings: z.array(
      z.object({
        code: z.enum([
          'period_not_over',
          'negative_carries_forward',
          'below_minimum_payout',
          'pan_missing',
        ]),
        message: z.string(),
      }),
    ),
    computed_at: z.iso.datetime(),
    preview_token: z.string().meta({ description: 'Names these figures, for one hour.' }),
  })
  .meta({ id: 'PayoutPreview', description: "A vendor's payout for a period, line by line." });
export type PayoutPreview = z.infer<typeof PayoutPreview>;
