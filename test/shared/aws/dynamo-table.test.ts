import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { test } from 'vitest';
import { toImage } from '#shared/aws/dynamo-row.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { ConditionFailed, type Write } from '#shared/core/table.ts';

// DynamoDB Local never conflicts, throttles or leaves keys unread; only here is that seen.

const now = () => new Date(1_000_000);

function aTable() {
  const client = new DynamoDBClient({ region: 'local' });
  const waits: number[] = [];
  const wait = async (ms: number) => waits.push(ms);
  const dynamo = mockClient(client);
  return { dynamo, waits, table: new DynamoTable({ client, tableName: 'table', now, wait }) };
}

const key = { pk: 'a', sk: '1' };
const put: Write = { op: 'put', item: { ...key, n: 1 }, when: 'absent' };
const other: Write = { op: 'put', item: { pk: 'b', sk: '1' } };

const canceled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'canceled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code, Message: `${Code}!` })),
  });
const refused = (item: object | undefined, attempts = 1) =>
  new ConditionalCheckFailedException({
    message: 'refused',
    $metadata: { attempts },
    ...(item ? { Item: toImage({ ...item }) } : {}),
  });
const named = (name: string) => Object.assign(new Error(name), { name });

test('tries a transaction again when another was at the same rows, as a new request', async ({
  expect,
}) => {
  const { dynamo, waits, table } = aTable();
  dynamo
    .on(TransactWriteItemsCommand)
    .rejectsOnce(canceled('TransactionConflict', 'None'))
    .rejectsOnce(canceled('None', 'ThrottlingError'))
    .resolves({});
  await table.write([put, other]);
  const tokens = dynamo
    .commandCalls(TransactWriteItemsCommand)
    .map(({ args }) => args[0].input.ClientRequestToken);
  expect(new Set(tokens).size).toBe(3);
  expect(waits).toHaveLength(2);
});

test('repeats the same request when nobody knows whether it was done', async ({ expect }) => {
  const { dynamo, table } = aTable();
  dynamo.on(TransactWriteItemsCommand).rejectsOnce(named('InternalServerError')).resolves({});
  await table.write([put, other]);
  const [first, second] = dynamo.commandCalls(TransactWriteItemsCommand);
  expect(first?.args[0].input).toEqual(second?.args[0].input);
});

test.for([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'TransactionConflictException',
  'RequestLimitExceeded',
])('gives up on %s as service_unavailable, after a few seconds', async (name, { expect }) => {
  const { dynamo, waits, table } = aTable();
  dynamo.on(PutItemCommand).rejects(named(name));
  await expect(table.write([put])).rejects.toMatchObject({
    code: 'service_unavailable',
    retryAfter: 1,
  });
  expect(waits.length).toBeGreaterThanOrEqual(5);
  // 50 + 100 + 200 + 400 + 800 + 800 ms at the very most.
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2_400);
});

test('names the failed conditions of a transaction that also met another', async ({ expect }) => {
  const { dynamo, waits, table } = aTable();
  const error = canceled('TransactionConflict', 'ConditionalCheckFailed');
  dynamo.on(TransactWriteItemsCommand).rejects(error);
  await expect(table.write([other, put])).rejects.toThrow(new ConditionFailed([1]));
  expect(waits).toEqual([]);
});

test('passes on at once what trying again would not change', async ({ expect }) => {
  const { dynamo, waits, table } = aTable();
  dynamo.on(GetItemCommand).rejects(named('AccessDeniedException'));
  await expect(table.get(key)).rejects.toThrow('AccessDenied');
  expect(waits).toEqual([]);
});

test('takes a repeated write that finds its own work as done', async ({ expect }) => {
  const { dynamo, table } = aTable();
  dynamo.on(PutItemCommand).rejectsOnce(refused({ ...key, n: 1 }, 2));
  dynamo.on(UpdateItemCommand).rejectsOnce(refused({ ...key, version: 2, kept: true }, 2));
  await table.write([put]);
  await table.write([{ op: 'update', key, set: { version: 2 }, when: { version: 1 } }]);
  expect(dynamo.calls()).toHaveLength(2);
});

test('takes a row that another made alike for a refusal when nothing was repeated', async ({
  expect,
}) => {
  const { dynamo, table } = aTable();
  dynamo
    .on(PutItemCommand)
    .rejectsOnce(refused({ ...key, n: 1 }))
    .rejectsOnce(refused({ ...key, n: 2 }, 2));
  await expect(table.write([put])).rejects.toThrow(new ConditionFailed([0]));
  await expect(table.write([put])).rejects.toThrow(new ConditionFailed([0]));
});

test('writes one row without the price of a transaction', async ({ expect }) => {
  const { dynamo, table } = aTable();
  await table.write([put]);
  await table.write([{ op: 'update', key, set: { n: 2 } }]);
  await table.write([{ op: 'delete', key }]);
  expect(dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(0);
  expect(dynamo.calls()).toHaveLength(3);
});

test('asks again for the keys a batch left unread, each key once', async ({ expect }) => {
  const { dynamo, waits, table } = aTable();
  const keys = ['1', '2', '3'].map((sk) => ({ pk: 'a', sk }));
  const images = keys.map((each) => toImage(each));
  const unread = (from: number) => ({ UnprocessedKeys: { table: { Keys: images.slice(from) } } });
  dynamo
    .on(BatchGetItemCommand)
    .resolvesOnce({ Responses: { table: images.slice(0, 1) }, ...unread(1) })
    .resolvesOnce({ Responses: { table: [] }, ...unread(1) })
    .resolvesOnce({ Responses: { table: images.slice(1) } });
  expect(await table.batchGet([...keys, ...keys])).toEqual([...keys, ...keys]);
  const asked = dynamo
    .commandCalls(BatchGetItemCommand)
    .map(({ args }) => args[0].input.RequestItems?.table?.Keys?.length);
  expect(asked).toEqual([3, 2, 2]);
  expect(waits, 'only after an answer without any row').toHaveLength(1);
});

test('reads consistently', async ({ expect }) => {
  const { dynamo, table } = aTable();
  dynamo.on(GetItemCommand).resolves({ Item: toImage(key) });
  await table.get(key);
  expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
});
