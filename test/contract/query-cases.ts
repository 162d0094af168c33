import { describe, test } from 'vitest';
import type { Item, Page, Query, Table } from '#shared/core/table.ts';
import type { OpenDesk } from '#test/contract/engine.ts';

const SORT_KEYS = ['A', 'AB', 'AB#1', 'AB#2', 'ABC', 'B', 'a', 'é', 'ಕ', '｡', '😀'];

/** Three partitions to read the same sort keys from: the table and both indexes. */
const PLACES = [{ index: undefined }, { index: 'gsi1' }, { index: 'gsi2' }] as const;
type Index = (typeof PLACES)[number]['index'];

const rowAt = (pk: (name: string) => string, index: Index, sk: string, own: string): Item =>
  index
    ? { pk: pk(own), sk: own, [`${index}pk`]: pk('q'), [`${index}sk`]: sk }
    : { pk: pk('q'), sk };

const sortOf = (index: Index) => (row: Item) => row[index ? `${index}sk` : 'sk'];

async function pagesOf(table: Table, query: Query): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page: Page = await table.query({ ...query, ...(cursor ? { cursor } : {}) });
    pages.push(page);
    cursor = page.cursor;
  } while (cursor);
  return pages;
}

export const queryCases = (open: OpenDesk) =>
  describe.each(PLACES)('queries of $index', ({ index }) => {
    const on = index ? { index } : {};

    async function aFilledDesk() {
      const desk = open();
      const rows = SORT_KEYS.map((sk, n) => rowAt(desk.pk, index, sk, `own${n}`));
      await desk.table.write(rows.toReversed().map((item) => ({ op: 'put', item })));
      const other = index === 'gsi1' ? 'gsi2' : 'gsi1';
      await desk.table.write([{ op: 'put', item: rowAt(desk.pk, other, 'A', 'elsewhere') }]);
      const query = async (rest: Partial<Query>) => {
        const page = await desk.table.query({ pk: desk.pk('q'), ...on, ...rest });
        return page.items.map(sortOf(index));
      };
      return { ...desk, rows, query };
    }

    test('answer whole rows in the byte order of their sort keys', async ({ expect }) => {
      const { query, rows, table, pk } = await aFilledDesk();
      expect(await query({})).toEqual(SORT_KEYS);
      expect(await query({ newestFirst: true })).toEqual(SORT_KEYS.toReversed());
      const { items } = await table.query({ pk: pk('q'), ...on, from: 'AB', to: 'AB' });
      expect(items).toEqual(rows.slice(1, 2));
    });

    test.for<[Partial<Query>, string[]]>([
      [{ beginsWith: 'AB' }, ['AB', 'AB#1', 'AB#2', 'ABC']],
      [{ beginsWith: 'AB#' }, ['AB#1', 'AB#2']],
      [{ beginsWith: 'AB#', newestFirst: true }, ['AB#2', 'AB#1']],
      [{ beginsWith: '😀' }, ['😀']],
      [{ beginsWith: 'nothing' }, []],
      [{ beginsWith: '' }, SORT_KEYS],
      [{ from: 'AB#1', to: 'B' }, ['AB#1', 'AB#2', 'ABC', 'B']],
      [{ from: 'AB#1', to: 'B', newestFirst: true }, ['B', 'ABC', 'AB#2', 'AB#1']],
      [{ from: 'ABD' }, ['B', 'a', 'é', 'ಕ', '｡', '😀']],
      [{ to: 'AB' }, ['A', 'AB']],
      // U+FF61 sorts before U+1F600 in UTF-8, though not in UTF-16.
      [{ from: '｡', to: '😀' }, ['｡', '😀']],
      [{ from: 'B', to: 'A' }, []],
      [{ limit: 2 }, ['A', 'AB']],
      [{ limit: 2, newestFirst: true }, ['😀', '｡']],
      [{ limit: 100 }, SORT_KEYS],
    ])('answer %j', async ([rest, expected], { expect }) => {
      const { query } = await aFilledDesk();
      expect(await query(rest)).toEqual(expected);
    });

    test.for<Partial<Query>>([
      {},
      { newestFirst: true },
      { from: 'AB', to: 'é' },
      { from: 'AB', to: 'é', newestFirst: true },
      { beginsWith: 'A', newestFirst: true },
    ])('give every row once over pages of any size: %j', async (rest, { expect }) => {
      const desk = open();
      const { table, pk } = desk;
      const rows = SORT_KEYS.map((sk, n) => rowAt(pk, index, sk, `own${n}`));
      await table.write(rows.map((item) => ({ op: 'put', item })));
      const query = { pk: pk('q'), ...on, ...rest };
      const { items: whole } = await table.query(query);
      for (const limit of [1, 2, 3, whole.length - 1, whole.length]) {
        const pages = await pagesOf(table, { ...query, limit });
        expect(pages.flatMap(({ items }) => items)).toEqual(whole);
        expect(pages, 'no empty last page').toHaveLength(Math.ceil(whole.length / limit));
      }
    });

    test('go on after a row that has gone in between', async ({ expect }) => {
      const { table, pk, rows, query } = await aFilledDesk();
      const { cursor = '' } = await table.query({ pk: pk('q'), ...on, limit: 3, from: 'AB' });
      for (const key of rows.slice(3, 5)) await table.write([{ op: 'delete', key }]);
      expect(await query({ from: 'AB', cursor, limit: 2 })).toEqual(['B', 'a']);
    });

    test('answer everything when no limit is named, past a megabyte', async ({ expect }) => {
      const { table, pk } = open();
      const text = 'x'.repeat(300_000);
      const sks = ['1', '2', '3', '4', '5'];
      for (const sk of sks) {
        await table.write([{ op: 'put', item: { ...rowAt(pk, index, sk, `own${sk}`), text } }]);
      }
      const page = await table.query({ pk: pk('q'), ...on });
      expect(page.items.map(sortOf(index))).toEqual(sks);
      expect(page.cursor).toBeUndefined();
      const pages = await pagesOf(table, { pk: pk('q'), ...on, limit: 4 });
      expect(pages.map(({ items }) => items.length)).toEqual([4, 1]);
    });

    test('refuse a cursor that is not theirs', async ({ expect }) => {
      const { table, pk } = await aFilledDesk();
      const elsewhere = { pk: pk('other'), sk: '1' };
      await table.write([
        { op: 'put', item: elsewhere },
        { op: 'put', item: { ...elsewhere, sk: '2' } },
      ]);
      const { cursor: foreign = '' } = await table.query({ pk: pk('other'), limit: 1 });
      const notJson = Buffer.from('{').toString('base64url');
      for (const cursor of [
        foreign,
        'x',
        '',
        notJson,
        Buffer.from('{"pk":1}').toString('base64url'),
      ]) {
        const answer = table.query({ pk: pk('q'), ...on, cursor });
        await expect(answer).rejects.toMatchObject({ code: 'invalid_request' });
      }
    });

    test('keep rows with one sort key apart over pages', async ({ expect }) => {
      if (!index) return;
      const { table, pk } = open();
      const rows = ['a', 'b', 'c', 'd'].map((own) => rowAt(pk, index, 'same', own));
      await table.write(rows.map((item) => ({ op: 'put', item })));
      for (const newestFirst of [true, false]) {
        const pages = await pagesOf(table, { pk: pk('q'), index, limit: 1, newestFirst });
        const seen = pages.flatMap(({ items }) => items.map(({ sk }) => sk));
        expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'd']);
      }
    });
  });
