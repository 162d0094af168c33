import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Key } from '#shared/core/table.ts';

export type Image = Record<string, AttributeValue>;

/** Numbers are doubles on both sides, as in JSON; `check-writes` has refused what DynamoDB cannot hold. */
const WRITING = { removeUndefinedValues: true, allowImpreciseNumbers: true } as const;

export const toImage = (row: Readonly<Record<string, unknown>>): Image => marshall(row, WRITING);

export const toKey = ({ pk, sk }: Key): Image => ({ pk: { S: pk }, sk: { S: sk } });

export function fromImage(image: Image): Item {
  const row = unmarshall(image, { wrapNumbers: Number });
  return { ...row, pk: row.pk, sk: row.sk };
}
