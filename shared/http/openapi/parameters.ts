import type * as z from 'zod';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { isWrite } from '#shared/http/openapi/refusals.ts';
import type { SchemaBook } from '#shared/http/openapi/schema-book.ts';
import { headerParameters, parameterRef } from '#shared/http/openapi/shared-parts.ts';
import type { Json } from '#shared/http/openapi/tidy-schema.ts';

/** Path, query and header parameters of an operation. */
export function parametersOf(endpoint: Endpoint, book: SchemaBook): Json[] {
  const [first] = Object.values(endpoint.examples);
  return [
    ...fields('path', endpoint.params, first?.params, book),
    ...fields('query', endpoint.query, first?.query, book),
    ...headers(endpoint),
  ];
}

function fields(
  where: 'path' | 'query',
  object: z.ZodObject | undefined,
  example: Readonly<Record<string, unknown>> | undefined,
  book: SchemaBook,
): Json[] {
  return Object.entries<z.ZodType>(object?.shape ?? {}).map(([name, schema]) => {
    const { description, ...json } = shapeOf(schema, book);
    const given = example?.[name];
    return {
      name,
      in: where,
      required: where === 'path' || !schema.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      ...(json['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema: json,
      ...(given === undefined ? {} : { example: meaningOf(schema, json, given) }),
    };
  });
}

/** Values travel as strings; what they stand for (a list, a flag) is what the document shows. */
function shapeOf(schema: z.ZodType, book: SchemaBook): Json {
  const sent = book.add(schema, 'input');
  const meant = book.add(schema, 'output');
  const better = sent['type'] === 'string' && ['array', 'boolean'].includes(String(meant['type']));
  if (!better) return sent;
  const { description, default: preset, examples } = sent;
  return {
    ...meant,
    ...(description === undefined ? {} : { description }),
    ...(preset === undefined ? {} : { default: meaningOf(schema, meant, preset) }),
    ...(Array.isArray(examples)
      ? { examples: examples.map((one) => meaningOf(schema, meant, one)) }
      : {}),
  };
}

/** `a,b` as the list it stands for, `"2"` as the number. */
const meaningOf = (schema: z.ZodType, { type }: Json, sent: unknown): unknown =>
  type === 'string' || typeof sent !== 'string' ? sent : (schema.safeParse(sent).data ?? sent);

function headers(endpoint: Endpoint): Json[] {
  const { idempotencyKeyRequired, errors = [], mayWait } = endpoint;
  return [
    ...(isWrite(endpoint) && !idempotencyKeyRequired ? [parameterRef('IdempotencyKey')] : []),
    ...(idempotencyKeyRequired ? [{ ...headerParameters.IdempotencyKey, required: true }] : []),
    ...(errors.includes('etag_mismatch') ? [parameterRef('IfMatch')] : []),
    ...(takesIfNoneMatch(endpoint) ? [parameterRef('IfNoneMatch')] : []),
    ...(mayWait ? [parameterRef('PreferWait')] : []),
    parameterRef('CorrelationId'),
    parameterRef('MagmaVersion'),
  ];
}

/** Reads of one object, which has a version. */
export const takesIfNoneMatch = ({ route, response }: Endpoint): boolean =>
  route.startsWith('GET ') && 'resource_version' in Object(Reflect.get(response ?? {}, 'shape'));
