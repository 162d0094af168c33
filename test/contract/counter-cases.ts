import { describe, test } from 'vitest';
import type { OpenDesk } from '#test/contract/engine.ts';

export const counterCases = (open: OpenDesk) =>
  describe('counters', () => {
    test('count a hundred increments at once exactly, each with a number of its own', async ({
      expect,
    }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      const values = await Promise.all(
        Array.from({ length: 100 }, () => table.increment(key, 'n')),
      );
      const upTo100 = Array.from({ length: 100 }, (_, n) => n + 1);
      expect(values.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(upTo100);
      expect(await table.get(key)).toEqual({ ...key, n: 100 });
    });

    test('stop at the maximum, whoever asks at the same time', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      const values = await Promise.all(
        Array.from({ length: 20 }, () => table.increment(key, 'n', { max: 7 })),
      );
      expect(values.filter((value) => value !== undefined)).toHaveLength(7);
      expect(await table.increment(key, 'n', { max: 7 })).toBeUndefined();
      expect((await table.get(key))?.n).toBe(7);
      expect(await table.increment(key, 'n', { max: 8 })).toBe(8);
    });

    test('create nothing for a maximum of 0', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      expect(await table.increment(key, 'n', { max: 0 })).toBeUndefined();
      expect(await table.get(key)).toBeUndefined();
    });

    test('leave the rest of the row alone and count several attributes apart', async ({
      expect,
    }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      await table.write([{ op: 'put', item: { ...key, name: 'x', n: 41 } }]);
      expect(await table.increment(key, 'n')).toBe(42);
      expect(await table.increment(key, 'size')).toBe(1);
      expect(await table.get(key)).toEqual({ ...key, name: 'x', n: 42, size: 1 });
    });

    test('set the ttl they are given and begin anew once it has passed', async ({ expect }) => {
      const { table, pk, clock } = open();
      const key = { pk: pk('a'), sk: '1' };
      const ttl = clock.seconds + 60;
      await table.increment(key, 'n', { ttl });
      expect(await table.increment(key, 'n', { max: 2, ttl })).toBe(2);
      expect(await table.increment(key, 'n', { max: 2, ttl })).toBeUndefined();
      expect(await table.get(key)).toEqual({ ...key, n: 2, ttl });
      clock.seconds = ttl;
      const values = await Promise.all(
        Array.from({ length: 5 }, () => table.increment(key, 'n', { max: 4, ttl: ttl + 60 })),
      );
      expect(new Set(values)).toEqual(new Set([1, 2, 3, 4, undefined]));
      expect(await table.get(key)).toEqual({ ...key, n: 4, ttl: ttl + 60 });
    });
  });
