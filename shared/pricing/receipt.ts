import * as z from 'zod';

/** A register reading: Wh since the start of the session, at an instant. */
export const Reading = z.object({ at: z.string(), wh: z.int().nonnegative() });
export type Reading = z.infer<typeof Reading>;

/** One line of a receipt: integers inside; `explanation` is what a person checks it by. */
export const ReceiptLine = z.object({
  component: z.enum(['energy', 'time', 'idle', 'flat', 'discount']),
  description: z.string(),
  quantity: z.string(),
  unit: z.enum(['kWh', 'min', 'session', 'percent']),
  /** Decimal string per unit. */
  rate: z.string(),
  amount_minor: z.int(),
  /** e.g. `4.700 kWh × 16.0000 = 75.20`. */
  explanation: z.string(),
});
export type ReceiptLine = z.infer<typeof ReceiptLine>;

export const TaxLine = z.object({
  type: z.string(),
  rate_percent: z.string(),
  base_minor: z.int(),
  amount_minor: z.int(),
});
export type TaxLine = z.infer<typeof TaxLine>;

/** What a session costs, line by line. */
export const Receipt = z.object({
  currency: z.string(),
  lines: z.array(ReceiptLine),
  /** The lines contain the tax: they add up to the total, not to the subtotal. */
  tax_inclusive: z.boolean().default(false),
  subtotal_minor: z.int(),
  taxes: z.array(TaxLine),
  tax_minor: z.int(),
  total_minor: z.int(),
  energy_wh: z.int(),
  billed_energy_wh: z.int(),
  charging_seconds: z.int(),
  idle_seconds: z.int(),
  /** True where energy at a boundary was interpolated between two readings. */
  interpolated: z.boolean(),
  /** `below_minimum`: under 100 Wh and two minutes, which costs nothing. */
  flags: z.array(z.enum(['below_minimum'])).default([]),
});
export type Receipt = z.infer<typeof Receipt>;
