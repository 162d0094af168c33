import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { transactItemOf } from '#shared/aws/dynamo-expressions.ts';
import { type Pause, reasonsOf, retrying, tooBusy } from '#shared/aws/dynamo-retry.ts';
import { fromImage, toImage } from '#shared/aws/dynamo-row.ts';
import { ConditionFailed, type Item, type Write } from '#shared/core/table.ts';
import { applyUpdate } from '#shared/db/apply-update.ts';
import { holds, isExpired } from '#shared/db/conditions.ts';

/** Which table, by whose clock (unix seconds), and how to wait between tries. */
export interface Target {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly now: () => number;
  readonly wait: Pause | undefined;
}

const ROUNDS = 5;

interface Refusal {
  readonly index: number;
  readonly old: Item | undefined;
}
type Update = Extract<Write, { op: 'update' }>;

/**
 * All or nothing. An update that finds an expired row, which DynamoDB has not deleted yet, is sent
 * again as a put of what it makes of no row; the others keep their places.
 */
export async function writeAll(target: Target, writes: readonly Write[]): Promise<void> {
  const now = target.now();
  const anew = new Set<number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const plan = writes.map((write, n) =>
      write.op === 'update' && anew.has(n) ? asPut(write) : write,
    );
    const refusals = await send(target, plan, now);
    if (refusals.length === 0) return;
    const final = refusals.filter(
      ({ index, old }) => !anew.has(index) && !startsAnew(writes[index], old, now),
    );
    if (final.length > 0) throw new ConditionFailed(final.map(({ index }) => index));
    // A put that was refused in turn found the row alive: back to the update.
    for (const { index } of refusals) anew.delete(index) || anew.add(index);
  }
  throw tooBusy();
}

const asPut = (update: Update): Write => ({
  op: 'put',
  item: applyUpdate(undefined, update),
  when: 'absent',
});

const startsAnew = (write: Write | undefined, old: Item | undefined, now: number): boolean =>
  write?.op === 'update' &&
  old !== undefined &&
  isExpired(old, now) &&
  holds(write.when, undefined);

async function send(target: Target, plan: readonly Write[], now: number): Promise<Refusal[]> {
  const items = plan.map((write) => transactItemOf(write, target.tableName, now));
  let token = randomUUID();
  let tries = 0;
  return retrying(async () => {
    tries += 1;
    try {
      await sendOnce(target.client, items, token);
      return [];
    } catch (error) {
      const refusals = refusalsOf(error);
      if (refusals) return isOwnRepeat(error, tries, plan, refusals) ? [] : refusals;
      // Canceled means not done, so the next try is another request; else it may have been done.
      if (error instanceof TransactionCanceledException) token = randomUUID();
      throw error;
    }
  }, target.wait);
}

/** A write alone needs no transaction, which would cost twice as much. */
function sendOnce(
  client: DynamoDBClient,
  items: TransactWriteItem[],
  ClientRequestToken: string,
): Promise<unknown> {
  const { Put, Update, Delete } = (items.length === 1 && items[0]) || {};
  if (Put) return client.send(new PutItemCommand(Put));
  if (Update) return client.send(new UpdateItemCommand(Update));
  if (Delete) return client.send(new DeleteItemCommand(Delete));
  return client.send(new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken }));
}

/** The writes whose condition failed; undefined when that was not the matter. */
function refusalsOf(error: unknown): Refusal[] | undefined {
  if (error instanceof ConditionalCheckFailedException) {
    return [{ index: 0, old: error.Item && fromImage(error.Item) }];
  }
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const refusals = reasonsOf(error).flatMap(({ Code, Item }, index) =>
    Code === 'ConditionalCheckFailed' ? [{ index, old: Item && fromImage(Item) }] : [],
  );
  return refusals.length > 0 ? refusals : undefined;
}

/**
 * A single write whose answer got lost was repeated and found its own work: the row is exactly as it
 * would have made it. (A transaction's token takes care of itself.)
 */
function isOwnRepeat(
  error: unknown,
  tries: number,
  [write, ...more]: readonly Write[],
  [refusal]: readonly Refusal[],
): boolean {
  const sent = error instanceof ConditionalCheckFailedException ? error.$metadata.attempts : 1;
  if (!write || more.length > 0 || (tries === 1 && (sent ?? 1) === 1)) return false;
  const old = refusal?.old;
  if (write.op === 'delete') return old === undefined;
  if (!old || write.op === 'check') return false;
  if (write.op === 'update' && write.add) return false;
  const made = write.op === 'put' ? write.item : applyUpdate(old, write);
  return isDeepStrictEqual(fromImage(toImage(made)), old);
}
