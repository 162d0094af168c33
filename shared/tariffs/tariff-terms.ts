import * as z from 'zod';

export const TaxType = z.enum(['CGST', 'SGST', 'IGST', 'CESS']).meta({ id: 'TaxType' });

/**
 * What a session is priced by, frozen into it as its snapshot. Rates in 1/10,000 of the currency's
 * major unit, amounts in minor units, all integers.
 */
export const TariffTerms = z.object({
  /** `tvr_…` of the version it came from; null = the organization has no tariff there: everything is free. */
  id: z.string().nullable(),
  currency: z.string(),
  energy_rate: z.int().nonnegative().default(0),
  time_rate_per_minute: z.int().nonnegative().default(0),
  idle_fee_per_minute: z.int().nonnegative().default(0),
  idle_grace_minutes: z.int().nonnegative().default(0),
  session_fee_minor: z.int().nonnegative().default(0),
  tax_inclusive: z.boolean().default(false),
  /** e.g. CGST 900 and SGST 900: percent in 1/100. Empty: untaxed. */
  taxes: z.array(z.object({ type: TaxType, rate_bp: z.int().nonnegative() })).default([]),
});
export type TariffTerms = z.infer<typeof TariffTerms>;
