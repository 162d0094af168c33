import * as z from 'zod';
import { Money } from '#shared/core/money.ts';

/** A price of its own for one session. The clock of a free allowance starts at `charging_started_at`. */
export const TariffOverride = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('free'),
      duration_minutes: z.int().min(1).max(10_080).optional(),
      energy_kwh: z.number().positive().max(10_000).optional(),
      on_expiry: z.enum(['revert', 'stop']).default('revert'),
    }),
    z.strictObject({
      type: z.literal('flat'),
      amount: Money.refine(
        ({ amount }) => Number(amount) >= 0 && Number(amount) <= 1_000_000,
        'Between 0 and 1,000,000',
      ),
    }),
    z.strictObject({
      type: z.literal('discount'),
      percent: z
        .string()
        .regex(/^\d{1,3}(\.\d{1,2})?$/)
        .refine((percent) => Number(percent) <= 100, 'At most 100'),
    }),
  ])
  .meta({
    id: 'TariffOverride',
    description:
      'A price for this session alone: a free allowance, a flat amount, or a discount in percent.',
    example: { type: 'free', duration_minutes: 30, on_expiry: 'revert' },
  });
export type TariffOverride = z.infer<typeof TariffOverride>;
