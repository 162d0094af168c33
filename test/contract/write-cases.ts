import { describe, test } from 'vitest';
import { ConditionFailed } from '#shared/core/table.ts';
import type { OpenDesk } from '#test/contract/engine.ts';

export const writeCases = (open: OpenDesk) =>
  describe('writes', () => {
    test('puts a row in place of the whole old one', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      await table.write([{ op: 'put', item: { ...key, old: 1, both: 1 } }]);
      await table.write([{ op: 'put', item: { ...key, both: 2 } }]);
      expect(await table.get(key)).toEqual({ ...key, both: 2 });
    });

    test('updates by setting, removing and adding, and leaves the rest', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      const item = {
        ...key,
        kept: 'k',
        set: 'old',
        dropped: 1,
        unset: 1,
        count: 5,
        deep: { a: 1 },
      };
      await table.write([{ op: 'put', item }]);
      const update = {
        set: { set: 'new', deep: { b: 2 }, unset: undefined },
        remove: ['dropped', 'never-there'],
        add: { count: -7, fresh: 3 },
      };
      await table.write([{ op: 'update', key, ...update }]);
      const expected = { ...key, kept: 'k', set: 'new', count: -2, fresh: 3, deep: { b: 2 } };
      expect(await table.get(key)).toStrictEqual(expected);
    });

    test('updates a row that is not there into being', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      await table.write([{ op: 'update', key, set: { a: 1 }, remove: ['b'], add: { n: 1 } }]);
      expect(await table.get(key)).toEqual({ ...key, a: 1, n: 1 });
    });

    test('takes a whole row where a key is asked for, and minds its key only', async ({
      expect,
    }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      const stale = { ...key, name: 'stale', ttl: 1 };
      await table.write([{ op: 'put', item: { ...key, name: 'x' } }]);
      expect(await table.increment(stale, 'n')).toBe(1);
      await table.write([{ op: 'update', key: stale, add: { n: 1 } }]);
      expect([await table.get(stale), await table.batchGet([stale])]).toEqual([
        { ...key, name: 'x', n: 2 },
        [{ ...key, name: 'x', n: 2 }],
      ]);
      await table.write([{ op: 'delete', key: stale }]);
      expect(await table.increment(stale, 'n')).toBe(1);
      expect(await table.get(key)).toEqual({ ...key, n: 1 });
    });

    test('deletes a row, and what is not there without a word', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      await table.write([{ op: 'put', item: key }]);
      await table.write([{ op: 'delete', key }]);
      expect(await table.get(key)).toBeUndefined();
      await table.write([{ op: 'delete', key }]);
    });

    test('writes nothing at all when asked for nothing', async ({ expect }) => {
      expect(await open().table.write([])).toBeUndefined();
    });

    test('writes a hundred rows as one', async ({ expect }) => {
      const { table, pk } = open();
      const sk = (n: number) => String(n).padStart(3, '0');
      const items = Array.from({ length: 100 }, (_, n) => ({ pk: pk('a'), sk: sk(n) }));
      await table.write(items.map((item) => ({ op: 'put', item, when: 'absent' })));
      expect((await table.query({ pk: pk('a') })).items).toEqual(items);
    });

    test('writes all or nothing, and names each write whose condition failed', async ({
      expect,
    }) => {
      const { table, pk } = open();
      const key = (sk: string) => ({ pk: pk('a'), sk });
      await table.write([
        { op: 'put', item: { ...key('put'), n: 0 } },
        { op: 'put', item: { ...key('updated'), n: 0 } },
        { op: 'put', item: { ...key('deleted'), n: 0 } },
      ]);
      const before = await table.query({ pk: pk('a') });
      const write = table.write([
        { op: 'put', item: { ...key('put'), n: 1 } },
        { op: 'put', item: key('put-if-absent'), when: 'absent' },
        { op: 'update', key: key('updated'), set: { n: 1 }, when: { n: 1 } },
        { op: 'delete', key: key('deleted'), when: 'present' },
        { op: 'check', key: key('nowhere'), when: 'present' },
      ]);
      await expect(write).rejects.toThrow(new ConditionFailed([2, 4]));
      await expect(write).rejects.toMatchObject({ name: 'ConditionFailed', failed: [2, 4] });
      expect(await table.query({ pk: pk('a') })).toEqual(before);
    });

    test('applies every kind of write together when all conditions hold', async ({ expect }) => {
      const { table, pk } = open();
      const key = (sk: string) => ({ pk: pk('a'), sk });
      await table.write(['1', '2', '3'].map((sk) => ({ op: 'put', item: { ...key(sk), n: 1 } })));
      await table.write([
        { op: 'check', key: key('1'), when: { n: 1 } },
        { op: 'update', key: key('2'), add: { n: 1 }, when: { n: 1 } },
        { op: 'delete', key: key('3'), when: { n: 1 } },
        { op: 'put', item: { ...key('4'), n: 4 }, when: 'absent' },
      ]);
      const { items } = await table.query({ pk: pk('a') });
      expect(items.map(({ sk, n }) => [sk, n])).toEqual([
        ['1', 1],
        ['2', 2],
        ['4', 4],
      ]);
    });

    test('moves a row between and out of indexes as its keys change', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      const listed = async (name: string) =>
        (await table.query({ pk: pk(name), index: 'gsi1' })).items.length;
      await table.write([{ op: 'put', item: { ...key, gsi1pk: pk('x'), gsi1sk: '1' } }]);
      expect([await listed('x'), await listed('y')]).toEqual([1, 0]);
      await table.write([{ op: 'update', key, set: { gsi1pk: pk('y') } }]);
      expect([await listed('x'), await listed('y')]).toEqual([0, 1]);
      await table.write([{ op: 'update', key, remove: ['gsi1pk', 'gsi1sk'] }]);
      expect([await listed('x'), await listed('y')]).toEqual([0, 0]);
      await table.write([{ op: 'update', key, set: { gsi1pk: pk('y') } }]);
      expect(await listed('y'), 'one key of two is not enough').toBe(0);
    });
  });
