import { describe, test } from 'vitest';
import * as z from 'zod';
import { prefers } from '#shared/http/accept.ts';
import { commaList } from '#shared/http/list.ts';
import { parametersOf } from '#shared/http/openapi/parameters.ts';
import { SchemaBook } from '#shared/http/openapi/schema-book.ts';
import { aRead } from '#test/http/an-endpoint.ts';

describe('schemas in the document', () => {
  test('are written once, and referred to', ({ expect }) => {
    const Leaf = z.object({ n: z.int() }).meta({ id: 'Leaf', description: 'A leaf.' });
    const Tree = z.object({ leaves: z.array(Leaf), best: Leaf.nullable() }).meta({ id: 'Tree' });
    const book = new SchemaBook();
    expect(book.resolve(book.add(Tree, 'output'))).toEqual({ $ref: '#/components/schemas/Tree' });
    const leaf = { $ref: '#/components/schemas/Leaf' };
    expect(book.components()).toEqual({
      Leaf: {
        type: 'object',
        description: 'A leaf.',
        properties: { n: { type: 'integer' } },
        required: ['n'],
      },
      Tree: {
        type: 'object',
        properties: {
          leaves: { type: 'array', items: leaf },
          best: { anyOf: [leaf, { type: 'null' }] },
        },
        required: ['leaves', 'best'],
      },
    });
  });

  test('are two only where input and output differ, in them or below them', ({ expect }) => {
    const Same = z.object({ a: z.string() }).meta({ id: 'Same' });
    const Preset = z.object({ a: z.int().default(3) }).meta({ id: 'Preset' });
    const Above = z.object({ preset: Preset, same: Same }).meta({ id: 'Above' });
    const book = new SchemaBook();
    const sent = book.add(Above, 'input');
    const given = book.add(Above, 'output');
    expect(book.resolve(sent)).toEqual({ $ref: '#/components/schemas/AboveInput' });
    expect(book.resolve(given)).toEqual({ $ref: '#/components/schemas/Above' });
    const names = Object.keys(book.components());
    expect(names).toEqual(['Above', 'AboveInput', 'Preset', 'PresetInput', 'Same']);
    expect(book.components()['AboveInput']).toMatchObject({
      properties: {
        preset: { $ref: '#/components/schemas/PresetInput' },
        same: { $ref: '#/components/schemas/Same' },
      },
    });
  });

  test('read as people write them', ({ expect }) => {
    const schema = z.object({
      at: z.iso.datetime().nullable(),
      kind: z.enum(['a', 'b']).nullable(),
      n: z.int().meta({ example: 7 }),
      closed: z.strictObject({}),
    });
    expect(new SchemaBook().add(schema, 'output')).toEqual({
      type: 'object',
      properties: {
        at: { type: ['string', 'null'], format: 'date-time' },
        kind: { type: ['string', 'null'], enum: ['a', 'b', null] },
        n: { type: 'integer', examples: [7] },
        closed: { type: 'object', properties: {}, additionalProperties: false },
      },
      required: ['at', 'kind', 'n', 'closed'],
    });
  });
});

test('query parameters show what they stand for, not that they travel as text', ({ expect }) => {
  const query = z.object({
    status: commaList(z.enum(['a', 'b']))
      .optional()
      .meta({ description: 'Any of', example: 'a,b' }),
    deep: z.stringbool().default(false),
    limit: z.coerce.number().int().max(200).default(50),
  });
  const endpoint = {
    ...aRead(),
    query,
    examples: { one: { summary: 'One', query: { limit: '2' } } },
  };
  const shown = parametersOf(endpoint, new SchemaBook()).filter((one) => one['in'] === 'query');
  expect(shown).toEqual([
    {
      name: 'status',
      in: 'query',
      required: false,
      description: 'Any of',
      style: 'form',
      explode: false,
      schema: {
        type: 'array',
        items: { type: 'string', enum: ['a', 'b'] },
        examples: [['a', 'b']],
      },
    },
    { name: 'deep', in: 'query', required: false, schema: { type: 'boolean', default: false } },
    {
      name: 'limit',
      in: 'query',
      required: false,
      schema: { type: 'integer', maximum: 200, default: 50 },
      example: 2,
    },
  ]);
});

test.for([
  [undefined, false],
  ['*/*', false],
  ['application/yaml', true],
  ['text/html, application/*;q=0.3', false],
  ['application/yaml;q=0.4, application/json;q=0.3', true],
  ['application/json, application/yaml', false],
  ['nonsense', false],
] as const)('Accept: %s prefers YAML: %s', ([accept, yaml], { expect }) => {
  expect(prefers(accept, 'application/yaml', 'application/json')).toBe(yaml);
});
