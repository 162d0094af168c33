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

/** What a session costs, line by line. */
export const Receipt = z.object({
  currency: z.string(),
  lines: z.array(ReceiptLine),
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
});
export type Receipt = z.infer<typeof Receipt>;
