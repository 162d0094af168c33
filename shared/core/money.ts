import * as z from 'zod';

/**
 * Money never meets a float. A settled amount is an integer of minor units (paise); a rate is an
 * integer of 1/10,000 of the major unit (rupee); both travel as decimal strings.
 */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: 'ISO 4217 code', example: 'INR' });

export const Money = z
  .object({
    amount: z
      .string()
      .regex(/^-?\d+\.\d{2}$/)
      .meta({ description: 'Decimal string, two digits' }),
    currency: Currency,
  })
  .meta({
    id: 'Money',
    description: 'A settled amount.',
    example: { amount: '266.56', currency: 'INR' },
  });
export type Money = z.infer<typeof Money>;

/** A unit price as it travels: a decimal string of up to four digits. */
export const Rate = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,4})?$/)
  .meta({
    id: 'Rate',
    description: 'Unit price as a decimal string, up to four digits.',
    example: '18.0000',
  });

/** `"266.56"` of 26656. */
export function formatMinor(minor: number): string {
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
export const moneyOf = (minor: number, currency: string): Money => ({
  amount: formatMinor(minor),
  currency,
});

/** 26656 of `"266.56"`; `"266.5"` and `"266"` are read too. Throws on more than two digits. */
export const parseMinor = (amount: string): number => parseScaled(amount, 2);

/** 185000 of `"18.5"`: a rate in 1/10,000. */
export const parseRate = (rate: string): number => parseScaled(rate, 4);
/** `"18.5000"` of 185000. */
export function formatRate(rate: number): string {
  const digits = String(rate).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** `a * b / divisor`, rounded half up (away from zero), exact for any size. */
export function mulDiv(a: number, b: number, divisor: number): number {
  const product = BigInt(a) * BigInt(b);
  const d = BigInt(divisor);
  const half = d / 2n;
  const rounded = product >= 0n ? (product + half) / d : -((-product + half) / d);
  return Number(rounded);
}

function parseScaled(text: string, digits: number): number {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > digits)
    throw new RangeError(`Not a decimal of ${digits} digits: ${text}`);
  const value = Number(`${match[2]}${fraction.padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(value)) throw new RangeError(`Too large: ${text}`);
  return match[1] ? -value : value;
}
