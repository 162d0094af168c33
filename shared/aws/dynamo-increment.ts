import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { notExpired, Placeholders } from '#shared/aws/dynamo-expressions.ts';
import { retrying, TryAgain } from '#shared/aws/dynamo-retry.ts';
import { fromImage, toKey } from '#shared/aws/dynamo-row.ts';
import { type Target, writeAll } from '#shared/aws/dynamo-write.ts';
import { ConditionFailed, type Key } from '#shared/core/table.ts';
import { isExpired } from '#shared/db/conditions.ts';

interface Options {
  readonly max?: number;
  readonly ttl?: number;
}

/** Raises a counter by one within one request; one whose row has expired starts at one again. */
export async function incrementOne(
  target: Target,
  key: Key,
  attribute: string,
  options: Options,
): Promise<number | undefined> {
  if (options.max !== undefined && options.max < 1) return undefined;
  const request = requestOf(target, key, attribute, options);
  return retrying(async () => {
    try {
      const { Attributes } = await target.client.send(new UpdateItemCommand(request));
      return Number(Attributes?.[attribute]?.N);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const old = error.Item && fromImage(error.Item);
      return old && isExpired(old, target.now())
        ? startAgain(target, key, attribute, options)
        : undefined;
    }
  }, target.wait);
}

function requestOf(target: Target, key: Key, attribute: string, { max, ttl }: Options) {
  const its = new Placeholders();
  const name = its.name(attribute);
  const conditions = [notExpired(its, target.now())];
  if (max !== undefined) {
    conditions.push(`(attribute_not_exists(${name}) OR ${name} < ${its.value(max)})`);
  }
  const setTtl = ttl === undefined ? '' : `SET ${its.name('ttl')} = ${its.value(ttl)}`;
  return {
    TableName: target.tableName,
    Key: toKey(key),
    UpdateExpression: `ADD ${name} ${its.value(1)} ${setTtl}`,
    ConditionExpression: conditions.join(' AND '),
    ...its.used(),
    ReturnValues: 'UPDATED_NEW' as const,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

async function startAgain(target: Target, key: Key, attribute: string, { ttl }: Options) {
  const item = { pk: key.pk, sk: key.sk, [attribute]: 1, ...(ttl === undefined ? {} : { ttl }) };
  try {
    await writeAll(target, [{ op: 'put', item, when: 'absent' }]);
    return 1;
  } catch (error) {
    // Somebody else has just started it again: count on from there.
    if (error instanceof ConditionFailed) throw new TryAgain();
    throw error;
  }
}
