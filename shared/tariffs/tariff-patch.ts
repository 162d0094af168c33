import * as z from 'zod';
import { parseMinor, parseRate, Rate } from '#shared/core/money.ts';
import { TariffTax } from '#shared/tariffs/site-tariff.ts';
import type { TariffTerms } from '#shared/tariffs/tariff-terms.ts';

const fee = z
  .string()
  .regex(/^\d{1,7}(\.\d{1,2})?$/)
  .meta({ description: 'Per session; a decimal string of up to two digits.', example: '0.00' });

/** No currency's electricity costs more; a slip of the decimal point might. */
const HIGHEST = 10_000;
const price = Rate.refine((rate) => Number(rate) <= HIGHEST, `At most ${HIGHEST} per unit`);

/** Percent in 1/100. */
const WHOLE = 10_000;
const rateOf = (tax: z.infer<typeof TariffTax>) => parseMinor(tax.rate_percent);
/** zod asks this of what it has already found wrong, too: that is not wrong once more. */
const withinWhole = (taxes: z.infer<typeof TariffTax>[]) =>
  taxes.some((tax) => !TariffTax.safeParse(tax).success) ||
  taxes.reduce((sum, tax) => sum + rateOf(tax), 0) <= WHOLE;

const Taxes = z
  .array(TariffTax)
  .max(4)
  .refine(
    (taxes) => new Set(taxes.map((tax) => tax.type)).size === taxes.length,
    'One of each type',
  )
  .refine(withinWhole, 'Over 100 percent');

/** Nothing about money is ever ignored: an unknown field is refused. */
export const SiteTariffPatch = z
  .strictObject({
    energy_rate: price.meta({ example: '18.0000' }),
    time_rate_per_minute: price.nullable(),
    idle_fee_per_minute: price.nullable(),
    idle_grace_minutes: z.int().min(0).max(1440).nullable(),
    session_fee: fee.nullable(),
    tax_inclusive: z.boolean(),
    taxes: Taxes.nullable().meta({ description: "Null: the organization's GST, in halves." }),
    effective_from: z.iso
      .datetime({ offset: true })
      .nullable()
      .meta({ description: 'Now, where left out; never in the past.' }),
    elements: z
      .unknown()
      .refine((given) => given === undefined, {
        message: 'Prices by time of day, power or amount are not offered: set the simple fields',
        params: { code: 'not_supported' },
      })
      .meta({ description: 'Reserved for prices by time of day; refused.' }),
  })
  .partial()
  .meta({
    id: 'SiteTariffPatch',
    description: 'JSON Merge Patch: what is left out stays, null clears a price.',
  });
export type SiteTariffPatch = z.output<typeof SiteTariffPatch>;

/** Terms with the fields that a patch names. `taxes` are those that null stands for. */
export function patchTerms(
  base: TariffTerms,
  patch: SiteTariffPatch,
  taxes: TariffTerms['taxes'],
): TariffTerms {
  const rate = (given: string | null | undefined, kept: number) =>
    given === undefined ? kept : given === null ? 0 : parseRate(given);
  const { session_fee, idle_grace_minutes: grace } = patch;
  return {
    ...base,
    energy_rate: rate(patch.energy_rate, base.energy_rate),
    time_rate_per_minute: rate(patch.time_rate_per_minute, base.time_rate_per_minute),
    idle_fee_per_minute: rate(patch.idle_fee_per_minute, base.idle_fee_per_minute),
    idle_grace_minutes: grace === undefined ? base.idle_grace_minutes : (grace ?? 0),
    session_fee_minor:
      session_fee === undefined ? base.session_fee_minor : parseMinor(session_fee ?? '0'),
    tax_inclusive: patch.tax_inclusive ?? base.tax_inclusive,
    taxes: patch.taxes === undefined ? base.taxes : (patch.taxes?.map(stored) ?? taxes),
  };
}

const stored = (tax: z.infer<typeof TariffTax>) => ({ type: tax.type, rate_bp: rateOf(tax) });
