import { describe, expect, it } from 'vitest';
import { daysOf, instantsOf, monthOf } from '#shared/payouts/period.ts';

describe('instantsOf', () => {
  it.each([
    ['India', 'Asia/Kolkata', '2026-04-30T18:30:00.000Z', '2026-05-31T18:30:00.000Z'],
    ['UTC', 'UTC', '2026-05-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'],
    [
      'New York in summer',
      'America/New_York',
      '2026-05-01T04:00:00.000Z',
      '2026-06-01T04:00:00.000Z',
    ],
  ])('begins and ends the days of May where it is May: %s', (_, zone, from, to) => {
    expect(instantsOf({ from: '2026-05-01', to: '2026-05-31' }, zone)).toEqual({
      issued_after: from,
      issued_before: to,
    });
  });

  it('follows a clock that is put forward within the period', () => {
    // 8 March 2026, New York: 5 hours behind at its midnight, 4 at the next.
    expect(instantsOf({ from: '2026-03-08', to: '2026-03-08' }, 'America/New_York')).toEqual({
      issued_after: '2026-03-08T05:00:00.000Z',
      issued_before: '2026-03-09T04:00:00.000Z',
    });
  });
});

describe('monthOf', () => {
  it('takes the month that it is there', () => {
    const late = new Date('2026-05-31T18:30:00Z');
    expect(monthOf(late, 'Asia/Kolkata')).toEqual({ from: '2026-06-01', to: '2026-06-30' });
    expect(monthOf(late, 'UTC')).toEqual({ from: '2026-05-01', to: '2026-05-31' });
    expect(monthOf(new Date('2028-02-10T00:00:00Z'), 'UTC').to).toBe('2028-02-29');
  });
});

describe('daysOf', () => {
  it('counts both ends', () => {
    expect(daysOf({ from: '2026-05-01', to: '2026-05-31' })).toBe(31);
    expect(daysOf({ from: '2026-05-02', to: '2026-05-01' })).toBe(0);
  });
});
