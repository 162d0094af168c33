import { test } from 'vitest';
import type { Item } from '#shared/core/table.ts';
import { itemSize } from '#shared/db/item-size.ts';
import { MeteredTable } from '#shared/db/metered-table.ts';
import { SqliteTable } from '#shared/db/sqlite-table.ts';

const aTable = () =>
  new MeteredTable(new SqliteTable({ path: ':memory:', now: () => new Date(0) }));

/** A row of this many bytes: names and values, `pk` + 'a' + `sk` + one digit + `text` are 10 of them. */
const aRow = (bytes: number, sk = '1'): Item => ({ pk: 'a', sk, text: 'x'.repeat(bytes - 10) });
const listed = { gsi1pk: 'l', gsi1sk: 's' };

test.for<[Record<string, unknown>, number, string]>([
  [{ ab: 'é€' }, 7, 'name 2 + 2 + 3 bytes of UTF-8'],
  [{ n: 0 }, 3, 'name 1 + one pair of digits 1 + 1'],
  [{ n: 1234 }, 4, 'name 1 + two pairs 2 + 1'],
  [{ n: 1200 }, 3, 'trailing zeroes take nothing: name 1 + one pair 1 + 1'],
  [{ n: -12.345 }, 6, 'name 1 + three pairs 3 + 1 + sign 1'],
  [{ t: true, u: null }, 4, 'names 2 + 1 + 1'],
  [{ l: [] }, 4, 'name 1 + 3'],
  [{ l: ['ab', true] }, 9, 'name 1 + 3 + (1 + 2) + (1 + 1)'],
  [{ m: { a: 'b' } }, 7, 'name 1 + 3 + (1 + 1 + 1)'],
  [{ gone: undefined }, 0, 'not stored'],
])('sizes %j at %i bytes: %s', ([item, bytes], { expect }) => {
  expect(itemSize(item)).toBe(bytes);
});

test('charges a write by the kilobyte of the larger of the old and the new row', async ({
  expect,
}) => {
  const table = aTable();
  const cost = async (item: Item) => {
    await table.write([{ op: 'put', item }]);
    return table.meter.take().writes;
  };
  expect(await cost(aRow(1024))).toBe(1);
  expect(await cost(aRow(1025))).toBe(2);
  expect(await cost(aRow(20))).toBe(2);
});

test('charges an index when its entry changes, and twice when it moves', async ({ expect }) => {
  const table = aTable();
  const item = { ...aRow(100), ...listed };
  const cost = async (write: Parameters<typeof table.write>[0][number]) => {
    await table.write([write]);
    return table.meter.take().writes;
  };
  expect(await cost({ op: 'put', item }), 'row 1 + entry 1').toBe(2);
  expect(await cost({ op: 'put', item }), 'row 1, entry the same').toBe(1);
  expect(await cost({ op: 'update', key: item, add: { n: 1 } }), 'row 1 + entry 1').toBe(2);
  const moved = { op: 'update', key: item, set: { gsi1sk: 't' } } as const;
  expect(await cost(moved), 'row 1 + entry removed 1 + added 1').toBe(3);
  expect(await cost({ op: 'delete', key: item }), 'row 1 + entry 1').toBe(2);
});

test('charges a transaction twice, its checks as reads', async ({ expect }) => {
  const table = aTable();
  await table.write([
    { op: 'put', item: { ...aRow(1500), ...listed } },
    { op: 'check', key: { pk: 'a', sk: '2' }, when: 'absent' },
  ]);
  const { writes, reads, items } = table.meter.take();
  expect([writes, reads], '(row 2 + entry 2) x 2; 1 x 2').toEqual([8, 2]);
  expect(items).toMatchObject([
    { op: 'put', pk: 'a', sk: '1', wru: 8, rru: 0 },
    { op: 'check', pk: 'a', sk: '2', wru: 0, rru: 2 },
  ]);
});

test('charges a write that was refused for its row, not for its index', async ({ expect }) => {
  const table = aTable();
  const item = { ...aRow(1500), ...listed };
  await table.write([{ op: 'put', item }]);
  table.meter.take();
  await expect(table.write([{ op: 'put', item, when: 'absent' }])).rejects.toThrow('condition');
  expect(table.meter.take()).toMatchObject({ reads: 0, writes: 2 });
});

test('charges reads by 4 KB: each row of its own, a query for its sum, an index half', async ({
  expect,
}) => {
  const table = aTable();
  for (const sk of ['1', '2', '3']) {
    await table.write([{ op: 'put', item: { ...aRow(3000, sk), ...listed } }]);
  }
  table.meter.take();
  const keyed = (sk: string) => ({ pk: 'a', sk });
  await table.get(keyed('1'));
  expect(table.meter.take().reads).toBe(1);
  await table.batchGet([keyed('1'), keyed('2'), keyed('1'), keyed('9')]);
  expect(table.meter.take().reads, 'three different keys').toBe(3);
  await table.query({ pk: 'a' });
  expect(table.meter.take().reads, '3 x 3,018 bytes = 9,054: three units').toBe(3);
  await table.query({ pk: 'l', index: 'gsi1' });
  expect(table.meter.take().reads).toBe(1.5);
  await table.query({ pk: 'a', limit: 1 });
  expect(table.meter.take().reads, 'the page and one row beyond: 6,036 bytes').toBe(2);
  await table.query({ pk: 'none' });
  expect(table.meter.take().reads).toBe(1);
});

test('charges an increment as one write, done or refused', async ({ expect }) => {
  const table = aTable();
  const key = { pk: 'a', sk: '1' };
  expect(await table.increment(key, 'n', { max: 1 })).toBe(1);
  expect(await table.increment(key, 'n', { max: 1 })).toBeUndefined();
  expect(table.meter.take()).toMatchObject({ reads: 0, writes: 2 });
});
