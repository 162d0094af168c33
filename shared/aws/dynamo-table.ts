import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { incrementOne } from '#shared/aws/dynamo-increment.ts';
import { queryPage } from '#shared/aws/dynamo-query.ts';
import { readAll } from '#shared/aws/dynamo-read.ts';
import { type Pause, retrying } from '#shared/aws/dynamo-retry.ts';
import { fromImage, toKey } from '#shared/aws/dynamo-row.ts';
import { type Target, writeAll } from '#shared/aws/dynamo-write.ts';
import type { Item, Key, Page, Query, Table, Write } from '#shared/core/table.ts';
import { checkKey, checkWrites } from '#shared/db/check-writes.ts';
import { isExpired, unixSeconds } from '#shared/db/conditions.ts';

export interface DynamoTableOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly now: () => Date;
  /** How to wait between tries; tests do not wait. */
  readonly wait?: Pause;
}

/**
 * The storage port over one DynamoDB table (`pk`, `sk`, `ttl`; indexes `gsi1` and `gsi2` over
 * `gsi1pk`/`gsi1sk` and `gsi2pk`/`gsi2sk` with every attribute). Rows are read consistently;
 * an index follows its table within moments.
 */
export class DynamoTable implements Table {
  readonly #target: Target;

  constructor({ client, tableName, now, wait }: DynamoTableOptions) {
    this.#target = { client, tableName, now: () => unixSeconds(now()), wait };
  }

  async get(key: Key): Promise<Item | undefined> {
    checkKey(key);
    const { client, tableName, wait } = this.#target;
    const request = { TableName: tableName, Key: toKey(key), ConsistentRead: true };
    const answer = await retrying(() => client.send(new GetItemCommand(request)), wait);
    return this.#alive(answer.Item && fromImage(answer.Item));
  }

  async batchGet(keys: readonly Key[]): Promise<(Item | undefined)[]> {
    keys.forEach(checkKey);
    const rows = await readAll(this.#target, keys);
    return rows.map((row) => this.#alive(row));
  }

  async query(query: Query): Promise<Page> {
    return queryPage(this.#target, query);
  }

  async write(writes: readonly Write[]): Promise<void> {
    checkWrites(writes);
    if (writes.length > 0) await writeAll(this.#target, writes);
  }

  async increment(
    key: Key,
    attribute: string,
    options: { max?: number; ttl?: number } = {},
  ): Promise<number | undefined> {
    checkKey(key);
    return incrementOne(this.#target, key, attribute, options);
  }

  #alive(row: Item | undefined): Item | undefined {
    return row && !isExpired(row, this.#target.now()) ? row : undefined;
  }
}

// A request that hangs is given up while its caller can still wait for another.
const REQUEST_HANDLER = { connectionTimeout: 1_000, requestTimeout: 3_000 };

/** The table of this name in the account and region of the environment. */
export const dynamoTable = (tableName: string): DynamoTable =>
  new DynamoTable({
    client: new DynamoDBClient({ requestHandler: REQUEST_HANDLER }),
    tableName,
    now: () => new Date(),
  });
