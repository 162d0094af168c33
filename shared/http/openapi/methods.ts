import * as z from 'zod';
import type { Endpoint } from '#shared/http/endpoint.ts';

const Table = z.record(z.string(), z.array(z.string()));
export type MethodTable = z.infer<typeof Table>;

/** Which methods each path has, in the order of the alphabet. */
export function methodTable(endpoints: readonly Endpoint[]): MethodTable {
  const routes = endpoints.map(({ route }) => route.split(' ')).sort();
  const byPath = Map.groupBy(routes, ([, path = '']) => path);
  const entries = [...byPath].map(([path, all]) => [path, all.map(([method]) => method)] as const);
  return Table.parse(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/**
 * The methods of a path as its route spells it, undefined for one that is none. From the table that
 * `npm run generate` writes: the function that must tell them knows no endpoint.
 */
export async function methodsOf(path: string): Promise<readonly string[] | undefined> {
  const { default: table } = await import('#shared/http/openapi/methods.json', {
    with: { type: 'json' },
  });
  const known = new Map(Object.entries(Table.parse(table)));
  return known.get(path);
}
