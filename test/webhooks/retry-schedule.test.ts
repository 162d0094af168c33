import { describe, expect, test } from 'vitest';
import { ATTEMPTS, retryAfterMs, waitAfter } from '#shared/webhooks/retry-schedule.ts';

// api-surface.md 8: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, each up to a fifth longer.
const SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
const DELIVERIES = Array.from({ length: 200 }, (_, n) => `whd_${n}`);

describe('the retry schedule', () => {
  test('has ten attempts', () => {
    expect(ATTEMPTS).toBe(10);
    expect(waitAfter(10, 'whd_1')).toBeUndefined();
  });

  test.each(SECONDS.map((seconds, n) => [n + 1, seconds]))(
    'after attempt %i waits %i s, or up to a fifth more',
    (attempt, seconds) => {
      const waits = DELIVERIES.map((id) => waitAfter(attempt, id) ?? 0);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(seconds * 1000);
      expect(Math.max(...waits)).toBeLessThanOrEqual(seconds * 1200);
    },
  );

  test('spreads the deliveries of one outage over the whole fifth', () => {
    const waits = DELIVERIES.map((id) => waitAfter(5, id) ?? 0);
    expect(Math.min(...waits)).toBeLessThan(18_000_000 * 1.02);
    expect(Math.max(...waits)).toBeGreaterThan(18_000_000 * 1.18);
  });

  test('gives a repeated question the same answer', () => {
    expect(waitAfter(3, 'whd_7')).toBe(waitAfter(3, 'whd_7'));
  });

  test('waits as long as the server asks, a day and a fifth at most', () => {
    expect(waitAfter(1, 'whd_1', 120_000)).toBe(120_000);
    expect(waitAfter(1, 'whd_1', 1)).toBeGreaterThanOrEqual(5000);
    expect(waitAfter(1, 'whd_1', 7 * 86_400_000)).toBe(1.2 * 86_400_000);
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-06-01T04:30:00.000Z');
  test.each([
    ['seconds', '120', 120_000],
    ['a date', 'Mon, 01 Jun 2026 04:31:00 GMT', 60_000],
    ['a date gone by', 'Mon, 01 Jun 2026 04:29:00 GMT', 0],
    ['nonsense', 'soon', 0],
    ['nothing', null, 0],
  ])('reads %s', (_, header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
