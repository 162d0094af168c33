/**
 * An eMAID names the contract by which a car pays (ISO 15118-2 Annex H): country, provider, nine
 * characters of the instance and, if given, a check digit; hyphens and case carry no meaning.
 */
const SPELLING = /^([A-Z]{2})(-?)([A-Z0-9]{3})\2([A-Z0-9]{9})(?:\2([A-Z0-9]))?$/;

/**
 * The one spelling of an eMAID that is stored and compared: 14 upper-case characters, without hyphens
 * and check digit. A wrong digit is not minded: contracts are issued with them. Undefined for what is
 * no eMAID.
 */
export function canonicalEmaid(text: string): string | undefined {
  const [, country, , provider, instance] = SPELLING.exec(text.trim().toUpperCase()) ?? [];
  return country && provider && instance ? `${country}${provider}${instance}` : undefined;
}

/** Whether a check digit is given, and is not the one it should be: likely a slip of the keyboard. */
export function hasWrongCheckDigit(text: string): boolean {
  const digit = SPELLING.exec(text.trim().toUpperCase())?.[5];
  const emaid = canonicalEmaid(text);
  return emaid !== undefined && digit !== undefined && digit !== checkDigitOf(emaid);
}

/** As people read it: `DE-8AA-CA2B3C4D5-L`. */
export const printedEmaid = (canonical: string): string =>
  [canonical.slice(0, 2), canonical.slice(2, 5), canonical.slice(5), checkDigitOf(canonical)].join(
    '-',
  );

const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
type Pair = readonly [number, number];
type Matrix = readonly [Pair, Pair];

/**
 * The check digit of 14 characters (eMI3 part 2, annex): each stands for two bits and two trits, which
 * are weighted by powers of a matrix modulo 2 and modulo 3.
 */
export function checkDigitOf(emaid: string): string {
  const indexes = [...emaid].map((character) => CHARACTERS.indexOf(character));
  const bits = weigh(indexes.map(bitsOf), [
    [0, 1],
    [1, 1],
  ]).map((n) => n % 2);
  const sum = weigh(indexes.map(tritsOf), [
    [0, 1],
    [1, 2],
  ]);
  // Minus the inverse of the second matrix to the power of 15, modulo 3.
  const trits = times(sum, [
    [0, 2],
    [2, 1],
  ]).map((n) => n % 3);
  const [b1 = 0, b2 = 0] = bits;
  const [t1 = 0, t2 = 0] = trits;
  return CHARACTERS.charAt(18 * b1 + 9 * b2 + 3 * t1 + t2);
}

const bitsOf = (n: number): Pair => [Math.floor(n / 18), Math.floor(n / 9) % 2];
const tritsOf = (n: number): Pair => [Math.floor(n / 3) % 3, n % 3];

/** The sum of each pair times the matrix to the power of its place, which counts from one. */
function weigh(pairs: readonly Pair[], matrix: Matrix): Pair {
  // By Horner's rule, from the last place: ((p14 M + p13) M + … + p1) M.
  return pairs.reduceRight<Pair>(
    ([a, b], [c, d]) => remainder(times([a + c, b + d], matrix)),
    [0, 0],
  );
}

const times = ([a, b]: Pair, [[p, q], [r, s]]: Matrix): Pair => [a * p + b * r, a * q + b * s];
/** Both moduli divide six. */
const remainder = ([a, b]: Pair): Pair => [a % 6, b % 6];
