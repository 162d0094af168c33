import { describe, test } from 'vitest';
import type { ErrorCode } from '#shared/core/errors.ts';
import type { Item, Write } from '#shared/core/table.ts';
import type { OpenDesk } from '#test/contract/engine.ts';

/** `depth` objects inside each other. */
const nested = (depth: number): unknown => (depth === 0 ? 'x' : { in: nested(depth - 1) });

const key = { pk: 'refused', sk: '1' };
const put = (attributes: object): Write[] => [{ op: 'put', item: { ...key, ...attributes } }];

/** Mistakes of ours: no engine may take what another would refuse. */
const MISTAKES: [string, Write[]][] = [
  [
    'more than 100 writes',
    Array.from({ length: 101 }, (_, n): Write => ({ op: 'put', item: { ...key, sk: `${n}` } })),
  ],
  [
    'two writes of one row',
    [
      { op: 'update', key, set: { a: 1 } },
      { op: 'check', key, when: 'present' },
    ],
  ],
  ['an update of nothing', [{ op: 'update', key }]],
  ['an update of a key', [{ op: 'update', key, set: { sk: '2' } }]],
  ['one attribute set and added to', [{ op: 'update', key, set: { n: 1 }, add: { n: 1 } }]],
  ['one attribute set and removed', [{ op: 'update', key, set: { n: 1 }, remove: ['n'] }]],
  ['a fraction added', [{ op: 'update', key, add: { n: 0.1 } }]],
  ['an empty pk', [{ op: 'delete', key: { pk: '', sk: '1' } }]],
  ['an empty sk', [{ op: 'check', key: { pk: 'a', sk: '' }, when: 'absent' }]],
  ['a sort key over 1 KB', [{ op: 'delete', key: { pk: 'a', sk: 'é'.repeat(513) } }]],
  ['an empty index key', put({ gsi1pk: '', gsi1sk: '1' })],
  ['an index key that is no text', put({ gsi2pk: null, gsi2sk: '1' })],
  ['a ttl that is no number', put({ ttl: '1780000000' })],
  ['a Date', put({ at: new Date(0) })],
  ['a Map', put({ deep: { map: new Map() } })],
  ['a function', put({ f: () => 1 })],
  ['a bigint', put({ n: 1n })],
  ['a list with a gap', put({ list: [1, undefined] })],
];

/** What callers' data can cause, as JSON.parse lets it through. */
const BAD_DATA: [string, ErrorCode, Write[]][] = [
  ['a row over 400 KB', 'payload_too_large', put({ text: 'é'.repeat(205_000) })],
  ['more than 32 levels', 'payload_too_large', put({ deep: nested(32) })],
  ['a number past any', 'validation_failed', put({ deep: JSON.parse('[{"n":1e400}]') })],
  ['a number past 1e126', 'validation_failed', put({ n: 1e126 })],
  ['a number nearer to 0 than 1e-130', 'validation_failed', put({ n: -1e-131 })],
  ['an empty name', 'validation_failed', put({ deep: { '': 1 } })],
  ['a name that means another thing', 'validation_failed', put(JSON.parse('{"__proto__":{}}'))],
];

export const refusalCases = (open: OpenDesk) =>
  describe('refusals', () => {
    test.for(MISTAKES)('refuses %s as a mistake', async ([, writes], { expect }) => {
      const { table } = open();
      await expect(table.write(writes)).rejects.toThrow(TypeError);
      expect((await table.query({ pk: key.pk })).items).toEqual([]);
    });

    test.for(BAD_DATA)('refuses %s as %s', async ([, code, writes], { expect }) => {
      const { table } = open();
      await expect(table.write(writes)).rejects.toMatchObject({ code });
      expect((await table.query({ pk: key.pk })).items).toEqual([]);
    });

    test('refuses an update that would bring a row over 400 KB', async ({ expect }) => {
      const { table, pk } = open();
      const row = { pk: pk('a'), sk: '1', first: 'x'.repeat(250_000) };
      await table.write([{ op: 'put', item: row }]);
      const update: Write = { op: 'update', key: row, set: { second: row.first } };
      const other: Write = { op: 'put', item: { pk: pk('b'), sk: '1' } };
      const tooLarge = { code: 'payload_too_large' };
      await expect(table.write([update])).rejects.toMatchObject(tooLarge);
      await expect(table.write([update, other])).rejects.toMatchObject(tooLarge);
      expect(await table.get(row)).toEqual(row);
      expect(await table.get({ pk: pk('b'), sk: '1' })).toBeUndefined();
    });

    test('takes a row of just under 400 KB and 31 levels', async ({ expect }) => {
      const { table, pk } = open();
      const row: Item = { pk: pk('a'), sk: '1', text: 'x'.repeat(409_000), deep: nested(31) };
      await table.write([{ op: 'put', item: row }]);
      expect(await table.get(row)).toEqual(row);
    });

    test('refuses a prefix together with a bound, and a limit below one', async ({ expect }) => {
      const { table, pk } = open();
      const both = table.query({ pk: pk('a'), beginsWith: 'a', from: 'b' });
      await expect(both).rejects.toThrow(TypeError);
      await expect(table.query({ pk: pk('a'), limit: 0 })).rejects.toThrow(TypeError);
    });
  });
