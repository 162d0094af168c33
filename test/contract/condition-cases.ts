import { describe, test } from 'vitest';
import { type Condition, ConditionFailed, type Write } from '#shared/core/table.ts';
import type { OpenDesk } from '#test/contract/engine.ts';

const ROW = { text: 'a', empty: '', n: 1, yes: true, no: false, nothing: null, list: [1] };

/** Condition, whether it holds for ROW, whether it holds for no row. */
const CASES: [Condition, boolean, boolean][] = [
  ['absent', false, true],
  ['present', true, false],
  [{}, true, true],
  [{ text: 'a' }, true, false],
  [{ text: 'b' }, false, false],
  [{ empty: '' }, true, false],
  [{ n: 1 }, true, false],
  [{ n: 2 }, false, false],
  [{ text: 'a', n: 1, yes: true, no: false }, true, false],
  [{ text: 'a', n: 2 }, false, false],
  [{ unset: undefined }, true, true],
  [{ n: undefined }, false, true],
  // A stored null is a value, not an unset attribute.
  [{ nothing: undefined }, false, true],
  [{ n: 1, unset: undefined }, true, false],
  [{ unset: 1 }, false, false],
];
// Values of another type are other values.
const OTHER_TYPES: Condition[] = [{ n: '1' }, { yes: 'true' }, { no: 0 }, { empty: false }];

export const conditionCases = (open: OpenDesk) =>
  describe('conditions', () => {
    const tries: [Condition, string, boolean][] = [
      ...CASES.flatMap(([when, onRow, onNone]): [Condition, string, boolean][] => [
        [when, 'a row', onRow],
        [when, 'no row', onNone],
      ]),
      ...OTHER_TYPES.map((when): [Condition, string, boolean] => [when, 'a row', false]),
    ];

    test('decide alike for every kind of write, alone and in a transaction', async ({ expect }) => {
      const { table, pk } = open();
      const answers = await Promise.all(
        tries.map(async ([when, on], n) => {
          const held: boolean[] = [];
          for (const op of ['put', 'update', 'delete', 'check'] as const) {
            for (const alone of [true, false]) {
              const key = { pk: pk(`${n}`), sk: `${op} ${alone}` };
              if (on === 'a row') await table.write([{ op: 'put', item: { ...key, ...ROW } }]);
              const write = writeOf(op, key, when);
              const other = { op: 'put' as const, item: { pk: pk('other'), sk: `${n} ${op}` } };
              held.push(await wasDone(table.write(alone ? [write] : [write, other])));
            }
          }
          return { when, on, held };
        }),
      );
      expect(answers).toEqual(
        tries.map(([when, on, holds]) => ({ when, on, held: Array(8).fill(holds) })),
      );
    });

    test('let one of fifty racing writers create a row', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      const done = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          wasDone(table.write([{ op: 'put', item: { ...key, n }, when: 'absent' }])),
        ),
      );
      expect(done.filter(Boolean)).toHaveLength(1);
      expect((await table.get(key))?.n).toBe(done.indexOf(true));
    });

    test('let one of many racing transactions take a version', async ({ expect }) => {
      const { table, pk } = open();
      const key = { pk: pk('a'), sk: '1' };
      await table.write([{ op: 'put', item: { ...key, version: 1 } }]);
      const done = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          wasDone(
            table.write([
              { op: 'update', key, set: { version: 2, by: n }, when: { version: 1 } },
              { op: 'put', item: { pk: pk('out'), sk: '2', by: n }, when: 'absent' },
            ]),
          ),
        ),
      );
      expect(done.filter(Boolean)).toHaveLength(1);
      const [row, out] = await table.batchGet([key, { pk: pk('out'), sk: '2' }]);
      expect([row?.by, out?.by]).toEqual([done.indexOf(true), done.indexOf(true)]);
    });
  });

function writeOf(op: Write['op'], key: { pk: string; sk: string }, when: Condition): Write {
  if (op === 'put') return { op, item: { ...key, n: 9 }, when };
  if (op === 'update') return { op, key, set: { n: 9 }, when };
  return { op, key, when };
}

async function wasDone(write: Promise<void>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}
