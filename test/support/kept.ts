import { inspect } from 'node:util';
import type { Item, Write } from '#shared/core/table.ts';
import type { TrafficLine } from '#shared/core/traffic-log.ts';
import type { TestContext } from '#test/support/context.ts';

/** All that a world writes down or tells, from now on: where a secret would be found later. */
export interface Kept {
  /** Every version of every row. */
  readonly rows: Readonly<Record<string, unknown>>[];
  /** The raw messages of chargers. */
  readonly traffic: TrafficLine[];
}

export function watchWhatIsKept(ctx: TestContext): Kept {
  const kept: Kept = { rows: [], traffic: [] };
  const { table, traffic } = ctx;
  const write = table.write.bind(table);
  table.write = async (writes) => {
    await write(writes);
    kept.rows.push(...writes.flatMap(rowsOf));
  };
  const append = traffic.append.bind(traffic);
  traffic.append = async (log, lines) => {
    kept.traffic.push(...lines);
    return append(log, lines);
  };
  return kept;
}

const rowsOf = (write: Write): Item[] => {
  if (write.op === 'put') return [write.item];
  return write.op === 'update' ? [{ ...write.key, ...write.set }] : [];
};

/** A secret in all the spellings in which it could be written down. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      bytes.toString('base64').replace(/=+$/, ''),
      bytes.toString('base64url'),
      bytes.toString('hex'),
    ]),
  ];
}

/** Anything as text: errors with their causes, maps, whatever lies deep. */
export const asText = (value: unknown): string =>
  inspect(value, {
    depth: null,
    maxArrayLength: null,
    maxStringLength: null,
    breakLength: Number.POSITIVE_INFINITY,
  });
