import { describe, test } from 'vitest';
import type { OpenDesk } from '#test/contract/engine.ts';

export const valueCases = (open: OpenDesk) =>
  describe('values', () => {
    test.for([
      ['texts', { text: 'plain', empty: '', unicode: 'ಬೆಂಗಳೂರು ⚡️ naïve "quoted" \\ \n \u0000' }],
      ['whole numbers to 2^53', { n: 0, most: 2 ** 53 - 1, least: -(2 ** 53 - 1), exact: 2 ** 53 }],
      ['decimals', { tenth: 0.1, sum: 0.1 + 0.2, small: 1.5e-7, negative: -12.934567890123455 }],
      ['numbers past 2^53, as doubles', { big: 2 ** 64, huge: 1.5e100 }],
      ['booleans and nulls', { yes: true, no: false, nothing: null }],
      ['nested objects and lists', { tree: { a: [{ b: [1, 'x', null, []] }, {}] } }],
      [
        'awkward attribute names',
        { size: 1, 'a.b': 2, '#c': 3, ':d': 4, 'with space': 5, ಹೆಸರು: 6 },
      ],
      [
        'names that objects have by themselves',
        { data: { constructor: 'x', toString: 'y', in: [{ constructor: 'z', n: 1 }] } },
      ],
    ] as const)('gives back %s as they were stored', async ([, values], { expect }) => {
      const { table, pk } = open();
      const item = { pk: pk('a'), sk: '1', ...values };
      await table.write([{ op: 'put', item }]);
      expect(await table.get(item)).toStrictEqual(item);
      await table.write([{ op: 'update', key: { pk: pk('b'), sk: '1' }, set: values }]);
      const updated = { ...item, pk: pk('b') };
      expect(await table.get(updated)).toStrictEqual(updated);
      expect((await table.query({ pk: pk('a') })).items).toStrictEqual([item]);
    });

    test('does not store what is undefined, at any depth', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      await table.write([{ op: 'put', item: { ...key, gone: undefined, in: { x: undefined } } }]);
      expect(await table.get(key)).toStrictEqual({ ...key, in: {} });
    });

    test('takes any unicode in keys and tells look-alikes apart', async ({ expect }) => {
      const { table, pk } = open();
      const composed = { pk: pk('café ⚡ ಚಾರ್ಜರ್'), sk: 'é#|*=@+ "1"', n: 1 };
      const decomposed = { ...composed, sk: 'e\u0301#|*=@+ "1"', n: 2 };
      await table.write([
        { op: 'put', item: composed },
        { op: 'put', item: decomposed },
      ]);
      expect(await table.batchGet([composed, decomposed])).toEqual([composed, decomposed]);
    });

    test('answers undefined for a row that is not there', async ({ expect }) => {
      const { table, pk } = open();
      await table.write([{ op: 'put', item: { pk: pk('a'), sk: '1' } }]);
      expect(await table.get({ pk: pk('a'), sk: '2' })).toBeUndefined();
      expect(await table.get({ pk: pk('b'), sk: '1' })).toBeUndefined();
    });

    test('gets many rows in the order of their keys, repeated and missing ones included', async ({
      expect,
    }) => {
      const { table, pk } = open();
      const keys = Array.from({ length: 250 }, (_, n) => ({ pk: pk(`${n % 7}`), sk: `${n}` }));
      for (const part of [keys.slice(0, 100), keys.slice(100, 200), keys.slice(200, 240)]) {
        await table.write(part.map((key) => ({ op: 'put', item: { ...key, name: key.sk } })));
      }
      const asked = [...keys.toReversed(), ...keys.slice(0, 20), ...keys.slice(0, 20)];
      const rows = await table.batchGet(asked);
      expect(rows).toEqual(
        asked.map((key) => (Number(key.sk) < 240 ? { ...key, name: key.sk } : undefined)),
      );
      expect(await table.batchGet([])).toEqual([]);
    });
  });
