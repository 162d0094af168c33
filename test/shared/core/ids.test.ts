import { describe, test } from 'vitest';
import { lowestIdAt, makeId, timeOfId } from '#shared/core/ids.ts';

const at = new Date('2026-06-01T04:30:00.123Z');

describe('an id', () => {
  test('is a ULID behind its prefix, and tells when it was made', ({ expect }) => {
    const id = makeId('evt', at);
    expect(id).toMatch(/^evt_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(timeOfId(id)).toBe(at.getTime());
    expect(id > lowestIdAt('evt', at.getTime())).toBe(true);
    expect(makeId('evt', new Date(at.getTime() + 1)) > id).toBe(true);
  });

  test('is no other, though many are made in one millisecond', ({ expect }) => {
    const ids = Array.from({ length: 20_000 }, () => makeId('evt', at));
    expect(new Set(ids).size).toBe(20_000);
  });

  test('ends in sixteen characters of which each is as likely as any', ({ expect }) => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 20_000; n++)
      for (const character of makeId('evt', at).slice(-16))
        counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(32);
    // 320,000 draws of 32: 10,000 each, with a deviation of 98. Seven of those are no accident.
    for (const [character, count] of counts) {
      expect(count, character).toBeGreaterThan(9_300);
      expect(count, character).toBeLessThan(10_700);
    }
  });
});
