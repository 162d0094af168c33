import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Key } from '#shared/core/table.ts';

export type Image = Record<string, AttributeValue>;

/** Numbers are doubles on both sides, as in JSON; `check-writes` has refused what DynamoDB cannot hold. */
const WRITING = { removeUndefinedValues: true, allowImpreciseNumbers: true } as const;

export const toImage = (row: Readonly<Record<string, unknown>>): Image =>
  marshall(namesConstructor(row) ? { ...row, ...withMaps(row) } : row, WRITING);

/**
 * `marshall` asks every object for its `constructor`, and takes a field of that name in somebody's data for
 * the answer: it throws, or mistakes the object for a Set. Such an object goes to it as a Map.
 */
const namesConstructor = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  (Object.hasOwn(value, 'constructor') || Object.values(value).some(namesConstructor));

const withMaps = (row: object): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asMaps(value)]));

function asMaps(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(asMaps);
  return new Map(Object.entries(value).map(([name, each]) => [name, asMaps(each)]));
}

export const toKey = ({ pk, sk }: Key): Image => ({ pk: { S: pk }, sk: { S: sk } });

export function fromImage(image: Image): Item {
  const row = unmarshall(image, { wrapNumbers: Number });
  return { ...row, pk: row.pk, sk: row.sk };
}
