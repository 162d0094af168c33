import { describe, test } from 'vitest';
import { type Condition, ConditionFailed, type Write } from '#shared/core/table.ts';
import type { Desk, OpenDesk } from '#test/contract/engine.ts';

/** A row whose time has just passed, in a table that has not deleted it. */
async function anExpiredRow({ table, pk, clock }: Desk, sk = '1') {
  const row = { pk: pk('a'), sk, old: 1, n: 7, ttl: clock.seconds + 60 };
  await table.write([{ op: 'put', item: { ...row, gsi1pk: pk('list'), gsi1sk: sk } }]);
  return row;
}

export const expiryCases = (open: OpenDesk) =>
  describe('expiry', () => {
    test('reads a row up to the second its ttl names, and not from then on', async ({ expect }) => {
      const desk = open();
      const { table, pk, clock } = desk;
      const { ttl, ...key } = await anExpiredRow(desk);
      const reads = async () => [
        (await table.get(key)) !== undefined,
        (await table.batchGet([key]))[0] !== undefined,
        (await table.query({ pk: pk('a') })).items.length === 1,
        (await table.query({ pk: pk('list'), index: 'gsi1' })).items.length === 1,
      ];
      clock.seconds = ttl - 1;
      expect(await reads()).toEqual([true, true, true, true]);
      clock.seconds = ttl;
      expect(await reads()).toEqual([false, false, false, false]);
    });

    const verdicts: [Condition, boolean][] = [
      ['absent', true],
      ['present', false],
      [{ n: 7 }, false],
      [{ n: undefined }, true],
      [{ n: 7, other: undefined }, false],
      [{}, true],
    ];
    test.for(verdicts)(
      'counts an expired row as none for condition %j: %s',
      async ([when, holds], { expect }) => {
        const desk = open();
        const { table, clock } = desk;
        for (const op of ['put', 'update', 'delete', 'check'] as const) {
          for (const alone of [true, false]) {
            const { pk, sk, ttl } = await anExpiredRow(desk, `${op} ${alone}`);
            clock.seconds = ttl;
            const key = { pk, sk };
            const write: Write =
              op === 'put'
                ? { op, item: key, when }
                : op === 'update'
                  ? { op, key, set: { new: 1 }, when }
                  : { op, key, when };
            const other: Write = { op: 'put', item: { pk, sk: 'other' } };
            const written = table.write(alone ? [write] : [other, write]);
            if (holds) expect(await written, `${op} ${alone}`).toBeUndefined();
            else await expect(written).rejects.toThrow(new ConditionFailed([alone ? 0 : 1]));
          }
        }
      },
    );

    test.for(['alone', 'in a transaction'])(
      'builds an update of an expired row on nothing, %s',
      async (how, { expect }) => {
        const desk = open();
        const { table, pk, clock } = desk;
        const { sk, ttl } = await anExpiredRow(desk);
        clock.seconds = ttl;
        const key = { pk: pk('a'), sk };
        const update: Write = {
          op: 'update',
          key,
          set: { new: 1 },
          remove: ['old'],
          add: { n: 2 },
        };
        const other: Write = { op: 'put', item: { pk: pk('b'), sk: '1' }, when: 'absent' };
        await table.write(how === 'alone' ? [update] : [other, update]);
        expect(await table.get(key)).toEqual({ ...key, new: 1, n: 2 });
        expect((await table.query({ pk: pk('list'), index: 'gsi1' })).items).toEqual([]);
      },
    );

    test('names only the failed writes when another finds an expired row', async ({ expect }) => {
      const desk = open();
      const { table, pk, clock } = desk;
      const { sk, ttl } = await anExpiredRow(desk);
      clock.seconds = ttl;
      const write = table.write([
        { op: 'update', key: { pk: pk('a'), sk }, set: { new: 1 } },
        { op: 'check', key: { pk: pk('nowhere'), sk }, when: 'present' },
      ]);
      await expect(write).rejects.toThrow(new ConditionFailed([1]));
      expect(await table.get({ pk: pk('a'), sk })).toBeUndefined();
    });

    test('keeps a row alive whose ttl is moved on or taken away in time', async ({ expect }) => {
      const desk = open();
      const { table, pk, clock } = desk;
      const { ttl } = await anExpiredRow(desk, 'moved');
      await anExpiredRow(desk, 'freed');
      await table.write([
        { op: 'update', key: { pk: pk('a'), sk: 'moved' }, set: { ttl: ttl + 60 } },
        { op: 'update', key: { pk: pk('a'), sk: 'freed' }, remove: ['ttl'] },
      ]);
      clock.seconds = ttl + 59;
      const sks = async () => (await table.query({ pk: pk('a') })).items.map(({ sk }) => sk);
      expect(await sks()).toEqual(['freed', 'moved']);
      clock.seconds = ttl + 60;
      expect(await sks()).toEqual(['freed']);
    });

    test('fills pages with living rows, past any number of expired ones', async ({ expect }) => {
      const { table, pk, clock } = open();
      const row = (n: number) => ({ pk: pk('a'), sk: String(n).padStart(3, '0') });
      const expires = (n: number) => (n % 50 === 0 ? {} : { ttl: clock.seconds + 1 });
      for (const start of [0, 100, 200]) {
        const rows = Array.from({ length: 100 }, (_, n) => start + n);
        await table.write(rows.map((n) => ({ op: 'put', item: { ...row(n), ...expires(n) } })));
      }
      clock.seconds += 1;
      const first = await table.query({ pk: pk('a'), limit: 4 });
      expect(first.items).toEqual([0, 50, 100, 150].map(row));
      const { cursor = '' } = first;
      const second = await table.query({ pk: pk('a'), limit: 4, cursor });
      expect(second).toEqual({ items: [200, 250].map(row) });
    });
  });
