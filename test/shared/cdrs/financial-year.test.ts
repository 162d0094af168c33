import { expect, it } from 'vitest';
import { cdrNumber, financialYear } from '#shared/cdrs/financial-year.ts';

it.each([
  ['the last moment of March in India', '2026-03-31T18:29:59.999Z', 'Asia/Kolkata', '2025-26'],
  ['the first moment of April in India', '2026-03-31T18:30:00.000Z', 'Asia/Kolkata', '2026-27'],
  ['the same moment further west', '2026-03-31T18:30:00.000Z', 'UTC', '2025-26'],
  ['New Year', '2027-01-01T00:00:00.000Z', 'Asia/Kolkata', '2026-27'],
  ['the turn of the century', '2099-12-31T00:00:00.000Z', 'Asia/Kolkata', '2099-00'],
])('knows the financial year of %s', (_, at, zone, year) => {
  expect(financialYear(at, zone)).toBe(year);
});

it('writes numbers with six digits and more where they are needed', () => {
  expect(cdrNumber('2026-27', 123)).toBe('2026-27/000123');
  expect(cdrNumber('2026-27', 1_234_567)).toBe('2026-27/1234567');
});
