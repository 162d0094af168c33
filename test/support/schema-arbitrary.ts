import { join } from 'node:path';
import * as fc from 'fast-check';
import * as z from 'zod';
import { readSchemas } from '#scripts/ocpp/read-schemas.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** The keywords that the OCA's schemas use; a new one would be an unknown key, and an error. */
const Node: z.ZodType<SchemaNode> = z.lazy(() =>
  z.strictObject({
    $ref: z.string().optional(),
    type: z.enum(['object', 'array', 'string', 'integer', 'number', 'boolean']).optional(),
    enum: z.array(z.string()).optional(),
    format: z.enum(['date-time', 'uri']).optional(),
    maxLength: z.number().optional(),
    items: Node.optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    multipleOf: z.number().optional(),
    properties: z.record(z.string(), Node).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.literal(false).optional(),
  }),
);
interface SchemaNode {
  $ref?: string | undefined;
  type?: string | undefined;
  enum?: string[] | undefined;
  format?: string | undefined;
  maxLength?: number | undefined;
  items?: SchemaNode | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  multipleOf?: number | undefined;
  properties?: Record<string, SchemaNode> | undefined;
  required?: string[] | undefined;
  additionalProperties?: false | undefined;
}

const root = join(import.meta.dirname, '../..');

/** Legal payloads of a version's messages, made from the published schemas themselves. */
export function payloadsOf(version: OcppVersion) {
  const { definitions, messages } = readSchemas(root, version);
  const known = new Map<string, fc.Arbitrary<unknown>>();
  const named = (ref: string): fc.Arbitrary<unknown> => {
    const name = ref.replace('#/definitions/', '');
    const arbitrary = known.get(name) ?? arbitraryOf(Node.parse(definitions.get(name)), named);
    known.set(name, arbitrary);
    return arbitrary;
  };
  return (action: string, side: 'request' | 'response' = 'request') =>
    arbitraryOf(Node.parse(messages.get(action)?.[side]), named);
}

type Named = (ref: string) => fc.Arbitrary<unknown>;

function arbitraryOf(node: SchemaNode, named: Named): fc.Arbitrary<unknown> {
  if (node.$ref !== undefined) return named(node.$ref);
  if (node.enum) return fc.constantFrom(...node.enum);
  switch (node.type) {
    case 'string':
      return text(node);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return numeric(node);
    case 'array': {
      const { items = {}, minItems: minLength = 0, maxItems = 3 } = node;
      return fc.array(arbitraryOf(items, named), { minLength, maxLength: Math.min(maxItems, 3) });
    }
    default:
      return object(node, named);
  }
}

function object({ properties = {}, required = [] }: SchemaNode, named: Named) {
  const fields = Object.entries(properties).map(([name, child]) => {
    const value = arbitraryOf(child, named);
    const isGiven = required.includes(name) ? fc.constant(true) : fc.boolean();
    return fc.tuple(fc.constant(name), isGiven, value);
  });
  return fc
    .tuple(...fields)
    .map((all) =>
      Object.fromEntries(all.flatMap(([name, given, value]) => (given ? [[name, value]] : []))),
    );
}

/** Small numbers name connectors and transactions; large ones are where things break. */
function numeric({ type, minimum = -(2 ** 31), maximum = 2 ** 31 - 1, multipleOf }: SchemaNode) {
  const low = Math.max(minimum, 0);
  const whole = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: low, max: Math.min(maximum, low + 3) }) },
    { weight: 1, arbitrary: fc.integer({ min: minimum, max: maximum }) },
  );
  if (type === 'integer') return whole;
  if (multipleOf !== undefined) return whole.map((n) => Math.round(n * 10) / 10);
  const any = fc.double({ min: minimum, max: maximum, noNaN: true });
  return fc.oneof(whole, any).map((n) => (Object.is(n, -0) ? 0 : n));
}

const instants = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  .chain((date) =>
    fc.constantFrom(
      date.toISOString(),
      date.toISOString().replace(/\.\d+Z/, 'Z'),
      date.toISOString().replace('Z', '+05:30'),
    ),
  );

function text({ format, maxLength = 60 }: SchemaNode): fc.Arbitrary<string> {
  if (format === 'date-time') return instants;
  if (format === 'uri') return fc.webUrl();
  const longest = Math.min(maxLength, 600);
  return fc.oneof(
    fc.constantFrom('', '1', '0', 'DRIVER', 'A', '{}').map((s) => s.slice(0, longest)),
    fc.string({ maxLength: Math.min(longest, 20) }),
    fc.string({ unit: 'grapheme', maxLength: Math.min(longest, 8) }).map((s) => cut(s, longest)),
    fc.constant('x'.repeat(longest)),
  );
}
/** Schemas count code points. */
const cut = (s: string, longest: number) => [...s].slice(0, longest).join('');

/** A payload with something wrong in it: a field gone, of another type, too long, too many, unknown. */
export const broken = (payload: unknown): fc.Arbitrary<unknown> => {
  const paths = pathsOf(payload);
  const wrong = fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'x'.repeat(3000),
    -1,
    1.5,
    2 ** 53,
    true,
    {},
    [],
    [[]],
    { customData: 7 },
    '2026-13-45T99:99:99',
  );
  return fc
    .tuple(fc.nat(Math.max(0, paths.length - 1)), wrong)
    .map(([n, value]) => changed(payload, paths[n] ?? [], value));
};

type Path = readonly (string | number)[];

function pathsOf(node: unknown, path: Path = []): Path[] {
  if (typeof node !== 'object' || node === null) return [path];
  const steps: (string | number)[] = Array.isArray(node) ? [...node.keys()] : Object.keys(node);
  return [path, ...steps.flatMap((step) => pathsOf(Reflect.get(node, step), [...path, step]))];
}

/** `undefined` takes the field away; at the root it adds one nobody knows. */
function changed(node: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) {
    const isObject = typeof node === 'object' && node !== null;
    return value === undefined && isObject ? { ...node, unknown: 1 } : value;
  }
  if (Array.isArray(node))
    return node.map((item, n) => (n === step ? changed(item, rest, value) : item));
  const fields = Object.entries(Object(node)).map(([name, child]) => [
    name,
    name === step ? changed(child, rest, value) : child,
  ]);
  return Object.fromEntries(fields);
}
