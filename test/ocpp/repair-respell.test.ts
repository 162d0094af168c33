import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isDecimal,
  numberOfText,
  respellDecimal,
  respellEnum,
  respellInstant,
  textOfNumber,
} from '#shared/ocpp/repair/respell.ts';

describe('a decimal', () => {
  test.each([
    ['12.5', '12.5'],
    [' 12.5\n', '12.5'],
    ['+12.5', '12.5'],
    ['-0.5', '-0.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1.25e1', '12.5'],
    ['007', '007'],
    ['12,5', undefined],
    ['1 200', undefined],
    ['12.5 kWh', undefined],
    ['0x10', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['-', undefined],
    ['.', undefined],
    ['', undefined],
    ['1e99', undefined],
    ['9'.repeat(16), undefined],
  ])('%j is spelled %j', (text, expected) => {
    expect(respellDecimal(text)).toBe(expected);
  });

  test('is never changed by being spelled anew', () => {
    const text = fc.oneof(
      fc.double({ noNaN: true }).map(String),
      fc.tuple(fc.integer(), fc.nat(1e6)).map(([whole, part]) => ` ${whole}.${part}`),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(text, (sent) => {
        const decimal = respellDecimal(sent);
        if (decimal === undefined) return;
        expect(isDecimal(decimal)).toBe(true);
        expect(Number(decimal)).toBe(Number(sent));
      }),
    );
  });

  test('is read only where a double holds every digit', () => {
    expect(numberOfText('123456789.123456')).toBe(123456789.123456);
    expect(numberOfText('123456789.1234567')).toBeUndefined();
    expect(numberOfText('000000000000000000.5')).toBeUndefined();
  });

  test('is written only as the digits that were sent', () => {
    expect(textOfNumber(12345.678)).toBe('12345.678');
    expect(textOfNumber(1e-7)).toBeUndefined();
    expect(textOfNumber(2 ** 60)).toBeUndefined();
  });
});

describe('an instant', () => {
  test.each([
    ['2026-01-05T10:00:00', '2026-01-05T10:00:00Z'],
    ['2026-01-05t10:00:00z', '2026-01-05T10:00:00Z'],
    ['2026-01-05 10:00:00 UTC', '2026-01-05T10:00:00Z'],
    ['2026-01-05T10:00:00,5+02', '2026-01-05T10:00:00.5+02:00'],
    ['2026-01-05T10:00:00.123999Z', '2026-01-05T10:00:00.123Z'],
    ['2026-01-05T10:00Z', undefined],
    ['2026-13-05T10:00:00Z', undefined],
    ['0000-00-00T00:00:00', undefined],
    ['05.01.2026 10:00:00', undefined],
    ['1767607200', undefined],
  ])('%j is spelled %j', (text, expected) => {
    expect(respellInstant(text)?.instant).toBe(expected);
  });
});

test('a choice is respelled only where one value alone can be meant', () => {
  expect(respellEnum('WH', ['Wh', 'kWh'])).toBe('Wh');
  expect(respellEnum('l1n', ['L1', 'L1-N', 'L1-L2'])).toBe('L1-N');
  expect(respellEnum('a', ['A', 'a.'])).toBeUndefined();
  expect(respellEnum('-', ['Wh'])).toBeUndefined();
  expect(respellEnum('constructor', ['Wh'])).toBeUndefined();
});
