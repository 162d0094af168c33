import { describe, expect, test } from 'vitest';
import {
  canonicalEmaid,
  checkDigitOf,
  hasWrongCheckDigit,
  printedEmaid,
} from '#shared/core/emaid.ts';

describe('the check digit of an eMAID', () => {
  // The examples that eMI³ published with the algorithm.
  test.each([
    ['NN123ABCDEFGHI', 'T'],
    ['FRXYZ123456789', '2'],
    ['ITA1B2C3E4F5G6', '4'],
    ['ESZU8WOX834H1D', 'R'],
    ['PT73902837ABCZ', 'Z'],
    ['DE83DUIEN83QGZ', 'D'],
    ['DE83DUIEN83ZGQ', 'M'],
    ['DE8AA001234567', '0'],
  ])('of %s is %s', (emaid, digit) => {
    expect(checkDigitOf(emaid)).toBe(digit);
  });

  test('tells one wrong character, and two that changed places', () => {
    const right = 'FR-XYZ-123456789-2';
    expect(hasWrongCheckDigit(right)).toBe(false);
    expect(hasWrongCheckDigit(right.replace('34', '35'))).toBe(true);
    expect(hasWrongCheckDigit(right.replace('34', '43'))).toBe(true);
    expect(hasWrongCheckDigit('FRXYZ123456789')).toBe(false);
  });
});

describe('an eMAID', () => {
  test.each([
    'DE8AACA2B3C4D5L',
    'DE8AACA2B3C4D5',
    // A published example, whose digit is wrong.
    'DE8AACA2B3C4D5N',
    'DE-8AA-CA2B3C4D5-L',
    'DE-8AA-CA2B3C4D5',
    ' de-8aa-ca2b3c4d5-l ',
  ])('is the same, spelled "%s"', (text) => {
    expect(canonicalEmaid(text)).toBe('DE8AACA2B3C4D5');
  });

  test('is printed with hyphens and its check digit', () => {
    expect(printedEmaid('DE8AACA2B3C4D5')).toBe('DE-8AA-CA2B3C4D5-L');
  });

  test.each([
    '',
    '04A2B3C4D5E6F7',
    'DE-8AACA2B3C4D5N',
    'DE8AACA2B3C4D5NX',
    'D\u00c98AACA2B3C4D5',
    'A'.repeat(4000),
  ])('is not "%s"', (text) => {
    expect(canonicalEmaid(text)).toBeUndefined();
  });
});
