import { test } from 'vitest';
import { fromImage, toImage } from '#shared/aws/dynamo-row.ts';

test.for([
  ['a text', { metadata: { constructor: 'x' } }],
  ['what looks like a class', { data: [{ constructor: { name: 'Set' }, size: 0 }] }],
  ['a number beside others', { data: { constructor: 7, list: [1, null, { deep: true }] } }],
] as const)(
  'a field named constructor, with %s in it, is a field like any other',
  ([, data], { expect }) => {
    const row = { pk: 'a', sk: '1', ...data };
    const { data: kept, metadata } = fromImage(toImage(row));
    expect(JSON.stringify({ metadata, data: kept })).toBe(JSON.stringify(data));
  },
);
