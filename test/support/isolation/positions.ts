import * as z from 'zod';
import type { Endpoint } from '#shared/http/endpoint.ts';

export type Where = 'path' | 'query' | 'body';

/** A place in a request where text goes: `filter.site_id`, `charger_ids[]`. */
export interface Field {
  readonly where: Where;
  readonly path: string;
  /** The last of its names: `charger_ids`. */
  readonly name: string;
  /** The body wants a list there. */
  readonly isList: boolean;
}

const Node = z.looseObject({
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).optional(),
  type: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  format: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
});
type Node = z.infer<typeof Node>;

const DEEPEST = 8;

/** Every field of a request that takes text of the caller's choice, found in the endpoint's schemas. */
export const textFields = ({ params, query, body }: Endpoint): Field[] => [
  ...fieldsOf('path', params),
  ...fieldsOf('query', query),
  ...fieldsOf('body', body),
];

function fieldsOf(where: Where, schema: z.ZodType | undefined): Field[] {
  if (!schema) return [];
  const root = Node.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const paths = new Set(leaves(root, root, '', 0));
  return [...paths].map((path) => {
    const [name = ''] = path.replaceAll('[]', '').split('.').slice(-1);
    return { where, path, name, isList: path.endsWith('[]') };
  });
}

function leaves(root: Node, given: unknown, path: string, depth: number): string[] {
  const found = Node.safeParse(given);
  if (!found.success || depth > DEEPEST) return [];
  const node = resolved(root, found.data);
  const deeper = (next: unknown, at: string) => leaves(root, next, at, depth + 1);
  return [
    ...(isText(node) ? [path] : []),
    ...Object.entries(node.properties ?? {}).flatMap(([name, next]) =>
      deeper(next, path ? `${path}.${name}` : name),
    ),
    ...(node.items === undefined ? [] : deeper(node.items, `${path}[]`)),
    ...[node.anyOf, node.oneOf, node.allOf].flatMap((all) =>
      (all ?? []).flatMap((next) => deeper(next, path)),
    ),
  ];
}

const isText = (node: Node) =>
  [node.type].flat().includes('string') &&
  !node.enum &&
  node.const === undefined &&
  node.format === undefined;

function resolved(root: Node, node: Node): Node {
  const name = node.$ref?.split('/').at(-1);
  return name === undefined ? node : Node.parse(root.$defs?.[name] ?? {});
}
