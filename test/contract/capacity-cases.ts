import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { Item, Table, Write } from '#shared/core/table.ts';
import { MeteredTable } from '#shared/db/metered-table.ts';
import { SqliteTable } from '#shared/db/sqlite-table.ts';
import { startDynamoDbLocal } from '#test/support/dynamodb-local.ts';

const Usage = z.object({ CapacityUnits: z.number() });
const Answer = z.object({ ConsumedCapacity: z.union([Usage, z.array(Usage)]).optional() });

/** Has every answer say what it consumed, and adds it up. */
function consumptionOf(client: DynamoDBClient): () => number {
  let units = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = { ...args.input, ReturnConsumedCapacity: 'INDEXES' };
      const answer = await next({ ...args, input });
      const { ConsumedCapacity: used = [] } = Answer.parse(answer.output);
      for (const { CapacityUnits } of [used].flat()) units += CapacityUnits;
      return answer;
    },
    { step: 'initialize', name: 'consumption' },
  );
  return () => {
    const taken = units;
    units = 0;
    return taken;
  };
}

const row = (sk: string, bytes: number, more: object = {}): Item => ({
  pk: 'capacity',
  sk,
  text: 'x'.repeat(bytes),
  tree: { list: [1, -2.5, true, null, 'é'] },
  ...more,
});
const listed = { gsi1pk: 'list', gsi1sk: '1' };
const twice = { ...listed, gsi2pk: 'other', gsi2sk: '1' };
const put = (item: Item): Write => ({ op: 'put', item });

/**
 * Not compared: refusals, which report no units, missing rows of a batch, and transactions of more
 * than a put and a check, for which DynamoDB Local reports less than the documented double.
 */
const STEPS: [string, (table: Table) => Promise<unknown>][] = [
  ['put a small row', (t) => t.write([put(row('1', 100))])],
  ['put a row just under 1 KB', (t) => t.write([put(row('1', 983))])],
  ['put a row just over 1 KB', (t) => t.write([put(row('1', 984))])],
  ['put a smaller one over it', (t) => t.write([put(row('1', 10))])],
  ['put a row with two indexes', (t) => t.write([put(row('2', 1500, twice))])],
  ['put the same again', (t) => t.write([put(row('2', 1500, twice))])],
  ['change an attribute', (t) => t.write([{ op: 'update', key: row('2', 0), add: { n: 1 } }])],
  ['move an index key', (t) => t.write([{ op: 'update', key: row('2', 0), set: { gsi1sk: '2' } }])],
  [
    'leave an index',
    (t) => t.write([{ op: 'update', key: row('2', 0), remove: ['gsi2pk', 'gsi2sk'] }]),
  ],
  ['get a row', (t) => t.get(row('2', 0))],
  ['get many rows', (t) => t.batchGet([row('1', 0), row('2', 0), row('2', 0)])],
  ['query', (t) => t.query({ pk: 'capacity' })],
  ['query an index', (t) => t.query({ pk: 'list', index: 'gsi1' })],
  [
    'write a transaction',
    (t) =>
      t.write([put(row('3', 1500, listed)), { op: 'check', key: row('1', 0), when: 'present' }]),
  ],
  ['increment', (t) => t.increment(row('2', 0), 'n')],
  ['delete', (t) => t.write([{ op: 'delete', key: row('2', 0) }])],
];

/** The same calls, counted by us in memory and by DynamoDB Local in its answers. */
export const capacityCases = () =>
  describe('MeteredTable', () => {
    test('counts the units that DynamoDB Local reports', async ({ expect }) => {
      const tableName = 'capacity';
      const { client, stop } = await startDynamoDbLocal(tableName);
      onTestFinished(stop);
      const consumed = consumptionOf(client);
      const dynamo = new DynamoTable({ client, tableName, now: () => new Date() });
      const sqlite = new SqliteTable({ path: ':memory:', now: () => new Date() });
      const metered = new MeteredTable(sqlite);
      const counted: [string, number][] = [];
      const reported: [string, number][] = [];
      for (const [name, step] of STEPS) {
        await step(metered);
        const { reads, writes } = metered.meter.take();
        counted.push([name, reads + writes]);
        await step(dynamo);
        reported.push([name, consumed()]);
      }
      expect(counted).toEqual(reported);
    });
  });
