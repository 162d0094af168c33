import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { notExpired, Placeholders } from '#shared/aws/dynamo-expressions.ts';
import { retrying } from '#shared/aws/dynamo-retry.ts';
import { fromImage, type Image, toImage } from '#shared/aws/dynamo-row.ts';
import type { Target } from '#shared/aws/dynamo-write.ts';
import type { Item, Page, Query } from '#shared/core/table.ts';
import { orderOf, pageOf, placeOf } from '#shared/db/cursor.ts';
import { type SortRange, sortRange } from '#shared/db/sort-range.ts';

const SECOND_ROUND = 100;
const LARGEST_ROUND = 1_000;

/**
 * One page, in as many requests as it takes: DynamoDB counts expired rows against its limit before
 * they are filtered out, and ends a request at 1 MB. Asks for one row more than wanted, which tells
 * whether there is a next page.
 */
export async function queryPage(target: Target, query: Query): Promise<Page> {
  const range = sortRange(query);
  const place = placeOf(query);
  if (range === 'none') return { items: [] };
  const request = { TableName: target.tableName, ...requestOf(query, range, target.now()) };
  const wanted = query.limit === undefined ? Number.POSITIVE_INFINITY : query.limit + 1;
  const rows: Item[] = [];
  let start: Image | undefined = place && toImage(place);
  let round = wanted;
  do {
    const command = {
      ...request,
      ...(start ? { ExclusiveStartKey: start } : {}),
      ...(Number.isFinite(round) ? { Limit: round } : {}),
    };
    const answer = await retrying(() => target.client.send(new QueryCommand(command)), target.wait);
    rows.push(...(answer.Items ?? []).map(fromImage));
    start = answer.LastEvaluatedKey;
    round = Math.min(Math.max(SECOND_ROUND, round * 2), Math.max(LARGEST_ROUND, wanted));
  } while (start && rows.length < wanted);
  return pageOf(query, rows);
}

function requestOf(
  query: Query,
  range: SortRange,
  now: number,
): Omit<QueryCommandInput, 'TableName'> {
  const { partition, sort } = orderOf(query);
  const its = new Placeholders();
  const keyTerms = [`${its.name(partition)} = ${its.value(query.pk)}`];
  const { from, to, prefix } = range;
  const sortName = (from ?? to ?? prefix) ? its.name(sort) : '';
  if (prefix) keyTerms.push(`begins_with(${sortName}, ${its.value(prefix)})`);
  if (from && to) keyTerms.push(`${sortName} BETWEEN ${its.value(from)} AND ${its.value(to)}`);
  else if (from) keyTerms.push(`${sortName} >= ${its.value(from)}`);
  else if (to) keyTerms.push(`${sortName} <= ${its.value(to)}`);
  return {
    KeyConditionExpression: keyTerms.join(' AND '),
    FilterExpression: notExpired(its, now),
    ScanIndexForward: !query.newestFirst,
    // An index is always read as it was a moment ago.
    ...(query.index ? { IndexName: query.index } : { ConsistentRead: true }),
    ...its.used(),
  };
}
