import { mulDiv } from '#shared/core/money.ts';

/** `4.700` of 4700. */
export const formatKwh = (wh: number): string => thousandths(wh);

/** Minutes with at most three digits, `8` or `8.333`; the explanation tells the seconds. */
export const formatMinutes = (seconds: number): string =>
  seconds % 60 === 0 ? String(seconds / 60) : thousandths(mulDiv(seconds, 1000, 60));

/** `8 min`, `8 min 20 s`: exact, for a person to calculate with. */
export function explainMinutes(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

function thousandths(n: number): string {
  const digits = String(n).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
