import { formats, ucs2length } from '#shared/ocpp/schemas/runtime.ts';

/*
 * The same value in the spelling the schema asks for, or undefined when that would take a guess.
 */

const looseInstant =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:[.,](\d+))?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;

/** An instant in RFC 3339 with at most milliseconds; one without a zone is taken as UTC. */
export function respellInstant(text: string): { instant: string; hasZone: boolean } | undefined {
  const match = looseInstant.exec(text.trim());
  if (!match) return undefined;
  const [, day, time, digits, zone] = match;
  const fraction = digits ? `.${digits.slice(0, 3)}` : '';
  const instant = `${day}T${time}${fraction}${zoneOf(zone)}`;
  return formats['date-time']?.(instant) ? { instant, hasZone: zone !== undefined } : undefined;
}

function zoneOf(zone: string | undefined): string {
  if (zone === undefined || /^(z|utc)$/i.test(zone)) return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone.charAt(0)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/** Up to 15 digits before the point are exact in a double, and more than any meter has. */
const plainDecimal = /^-?\d{1,15}(\.\d{1,20})?$/;
export const isDecimal = (text: string): boolean => plainDecimal.test(text);

/** `12.5` of ` +12.5 `, `.5`, `5.` and `1.25e1`: a plain decimal, digits before and after the point. */
export function respellDecimal(text: string): string | undefined {
  const match = /^\+?(-?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  if (!match || !(match[2] || match[3]))
    return /^[+-]?\d{1,15}(\.\d{1,15})?e[+-]?\d{1,2}$/i.test(text.trim())
      ? textOfNumber(Number(text))
      : undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const decimal = `${sign}${whole || '0'}${fraction ? `.${fraction}` : ''}`;
  return isDecimal(decimal) ? decimal : undefined;
}

/** The number a text spells, where a double holds every digit of it. */
export function numberOfText(text: string): number | undefined {
  const decimal = respellDecimal(text);
  if (decimal === undefined) return undefined;
  const digits = decimal.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length <= 15 ? Number(decimal) : undefined;
}

/** A number as the plain decimal it was sent as; none for one too large to have been read exactly. */
export function textOfNumber(value: number): string | undefined {
  const text = String(value);
  return isDecimal(text) ? text : undefined;
}

const aliases: Readonly<Record<string, string>> = { '%': 'Percent' };
const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The one allowed value that differs only in case, spaces or punctuation. */
export function respellEnum(text: string, allowed: readonly string[]): string | undefined {
  const wanted = letters(Object.hasOwn(aliases, text) ? (aliases[text] ?? '') : text);
  const [found, ...others] = wanted ? allowed.filter((value) => letters(value) === wanted) : [];
  return others.length === 0 ? found : undefined;
}

/** The first `limit` code points. */
export const truncated = (text: string, limit: number): string =>
  ucs2length(text) <= limit ? text : [...text].slice(0, limit).join('');
