import * as z from 'zod';
import { listOf } from '#shared/http/list.ts';

/** A history is counted when asked, and no further than this. */
const COUNTED_AT_MOST = 10_000;

/** Spread into the query of a list that is too long to be counted unasked. */
export const countQuery = {
  include_total: z.stringbool().optional().meta({
    description: 'Count the matches, up to 10,000.',
    example: 'true',
  }),
};

/** The envelope of such a list: `total` is null unless asked for. */
export const countedListOf = <N extends string, T extends z.ZodType>(plural: N, item: T) =>
  listOf(plural, item).extend({
    total_capped: z.boolean().optional().meta({ description: '`total` is more than this.' }),
  });

/** `total`, and `total_capped` where there is more; `count` stops at what it is given. */
export async function totalOf(
  wanted: boolean | undefined,
  count: (atMost: number) => Promise<number>,
): Promise<{ total: number | null; total_capped?: true }> {
  if (!wanted) return { total: null };
  const total = await count(COUNTED_AT_MOST + 1);
  return total > COUNTED_AT_MOST ? { total: COUNTED_AT_MOST, total_capped: true } : { total };
}
