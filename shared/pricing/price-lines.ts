import { formatMinor, formatRate, mulDiv, parseMinor, parseRate } from '#shared/core/money.ts';
import { explainMinutes, formatKwh, formatMinutes } from '#shared/pricing/explain-quantity.ts';
import type { ReceiptLine } from '#shared/pricing/receipt.ts';
import type { TariffOverride } from '#shared/tariffs/tariff-override.ts';
import type { TariffTerms } from '#shared/tariffs/tariff-terms.ts';

/** A rate is 1/10,000 of the major unit; an amount 1/100. */
const RATE_PER_MINOR = 100;
const WHOLE_PERCENT = 1_000_000;

const energyLine = (wh: number, rate: number, description: string): ReceiptLine => {
  const amount = mulDiv(wh, rate, 1000 * RATE_PER_MINOR);
  return {
    component: 'energy',
    description,
    quantity: formatKwh(wh),
    unit: 'kWh',
    rate: formatRate(rate),
    amount_minor: amount,
    explanation: `${formatKwh(wh)} kWh × ${formatRate(rate)} = ${formatMinor(amount)}`,
  };
};

/** The free part, so that the energy of all lines is the energy delivered, and the paid part. */
export const energyLines = (terms: TariffTerms, freeWh: number, paidWh: number): ReceiptLine[] => [
  ...(freeWh > 0 ? [energyLine(freeWh, 0, 'Energy, free allowance')] : []),
  ...(paidWh > 0 || freeWh === 0 ? [energyLine(paidWh, terms.energy_rate, 'Energy')] : []),
];

/** A cable tried is not billed, and the receipt says so. */
export const tinyLines = (wh: number): ReceiptLine[] => [
  {
    ...energyLine(wh, 0, 'Energy, too little to bill'),
    explanation: `${formatKwh(wh)} kWh, under 100 Wh and two minutes = 0.00`,
  },
];

const perMinute = (rate: number, seconds: number) => mulDiv(rate, seconds, 60 * RATE_PER_MINOR);

/** Charging time, by the second. */
export function timeLines(terms: TariffTerms, seconds: number): ReceiptLine[] {
  const rate = terms.time_rate_per_minute;
  if (rate === 0) return [];
  const amount = perMinute(rate, seconds);
  return [
    {
      component: 'time',
      description: 'Charging time',
      quantity: formatMinutes(seconds),
      unit: 'min',
      rate: formatRate(rate),
      amount_minor: amount,
      explanation: `${explainMinutes(seconds)} × ${formatRate(rate)} = ${formatMinor(amount)}`,
    },
  ];
}

/** Idle time by the second, after the grace that a session has once. */
export function idleLines(terms: TariffTerms, seconds: number): ReceiptLine[] {
  const rate = terms.idle_fee_per_minute;
  if (rate === 0 || seconds === 0) return [];
  const grace = terms.idle_grace_minutes * 60;
  const billed = Math.max(0, seconds - grace);
  const amount = perMinute(rate, billed);
  const spent = explainMinutes(seconds);
  const factor = grace > 0 ? `(${spent} − ${explainMinutes(grace)} grace)` : spent;
  const sum = `${factor} × ${formatRate(rate)} = ${formatMinor(amount)}`;
  return [
    {
      component: 'idle',
      description: 'Idle time',
      quantity: formatMinutes(billed),
      unit: 'min',
      rate: formatRate(rate),
      amount_minor: amount,
      explanation: billed > 0 ? sum : `${spent}, within ${explainMinutes(grace)} grace = 0.00`,
    },
  ];
}

/** One sum for the session. */
export function flatLines(amount: number, description: string): ReceiptLine[] {
  if (amount <= 0) return [];
  return [
    {
      component: 'flat',
      description,
      quantity: '1',
      unit: 'session',
      rate: formatMinor(amount),
      amount_minor: amount,
      explanation: `1 session × ${formatMinor(amount)} = ${formatMinor(amount)}`,
    },
  ];
}

/** A price of its own for the whole session, whatever the tariff says. */
export const fixedPriceLines = ({ amount }: Extract<TariffOverride, { type: 'flat' }>) =>
  flatLines(parseMinor(amount.amount), 'Fixed price');

/** A discount on the sum of all lines, before tax. Its `rate` is the sum it is taken from. */
export function discountLines(base: number, override: TariffOverride | null): ReceiptLine[] {
  if (override?.type !== 'discount' || base === 0) return [];
  const rate = Math.min(parseRate(override.percent), WHOLE_PERCENT);
  const percent = formatMinor(rate / RATE_PER_MINOR);
  const amount = mulDiv(base, rate, WHOLE_PERCENT);
  return [
    {
      component: 'discount',
      description: `Discount ${percent} %`,
      quantity: percent,
      unit: 'percent',
      rate: formatMinor(base),
      amount_minor: 0 - amount,
      explanation: `${percent} % of ${formatMinor(base)} = ${formatMinor(amount)} off`,
    },
  ];
}
