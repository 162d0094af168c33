import { describe, test } from 'vitest';
import * as z from 'zod';
import { loadEndpoints } from '#lib/registry.ts';

const entries = await loadEndpoints();

const Node = z.looseObject({
  type: z.unknown().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  maximum: z.number().optional(),
});
type Node = z.infer<typeof Node>;

/** Every node of a schema as it is sent, with its place. */
function nodesIn(json: unknown, place = ''): [string, Node][] {
  if (json === null || typeof json !== 'object') return [];
  const own = Node.safeParse(json);
  const below = Object.entries(json).flatMap(([name, part]) => nodesIn(part, `${place}/${name}`));
  return own.success ? [[place, own.data], ...below] : below;
}

describe.for(entries.map(({ value }) => [value.id, value] as const))('%s', ([, endpoint]) => {
  const nodes = [endpoint.query, endpoint.body]
    .filter((schema) => schema !== undefined)
    .flatMap((schema) => nodesIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })));

  // The document says `date-time`, which is RFC 3339: people write the offset of where they are.
  test('takes an instant of any offset', ({ expect }) => {
    for (const [place, { format, pattern }] of nodes)
      if (format === 'date-time' && pattern)
        expect('2026-06-02T19:30:00+05:30', place).toMatch(new RegExp(pattern));
  });

  // What nothing bounds is bounded all the same, by what a charger or a number of ours can hold.
  test('says how large its integers may be', ({ expect }) => {
    for (const [place, { type, maximum = Number.POSITIVE_INFINITY }] of nodes)
      if (type === 'integer') expect(maximum, place).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });
});
