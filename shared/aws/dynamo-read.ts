import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { retrying, TryAgain } from '#shared/aws/dynamo-retry.ts';
import { fromImage, type Image, toKey } from '#shared/aws/dynamo-row.ts';
import type { Target } from '#shared/aws/dynamo-write.ts';
import type { Item, Key } from '#shared/core/table.ts';

const KEYS_PER_REQUEST = 100;

const nameOf = ({ pk, sk }: Key) => JSON.stringify([pk, sk]);

/** Every row there is of these keys, each read once, in the order of the keys. */
export async function readAll(target: Target, keys: readonly Key[]): Promise<(Item | undefined)[]> {
  const distinct = [...new Map(keys.map((key) => [nameOf(key), toKey(key)])).values()];
  const chunks = Array.from({ length: Math.ceil(distinct.length / KEYS_PER_REQUEST) }, (_, n) =>
    distinct.slice(n * KEYS_PER_REQUEST, (n + 1) * KEYS_PER_REQUEST),
  );
  const rows = await Promise.all(chunks.map((chunk) => readChunk(target, chunk)));
  const found = new Map(rows.flat().map((row) => [nameOf(row), row]));
  return keys.map((key) => found.get(nameOf(key)));
}

/** DynamoDB answers at most 16 MB at once, and less when it is busy; the rest is asked for again. */
async function readChunk({ client, tableName, wait }: Target, keys: Image[]): Promise<Item[]> {
  const rows: Item[] = [];
  let left = keys;
  while (left.length > 0) {
    left = await retrying(async () => {
      const request = { RequestItems: { [tableName]: { Keys: left, ConsistentRead: true } } };
      const answer = await client.send(new BatchGetItemCommand(request));
      const images = answer.Responses?.[tableName] ?? [];
      const unread = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
      if (images.length === 0 && unread.length > 0) throw new TryAgain();
      rows.push(...images.map(fromImage));
      return unread;
    }, wait);
  }
  return rows;
}
