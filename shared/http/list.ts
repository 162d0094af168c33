import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { cursorBinding, decodeCursor, encodeCursor } from '#shared/core/paging.ts';

/** The query parameters of every list. Spread into the endpoint's `query` object. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'Objects per page, at most 200.', example: 50 }),
  cursor: z.string().max(2048).optional().meta({
    description: 'From `next_cursor` of the page before; valid for 24 hours with the same filters.',
  }),
};

/** `a,b` as a list of the schema's values. */
export const commaList = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(item));

/** The envelope of every list: `{ <plural>: […], total, next_cursor }`. */
export const listOf = <N extends string, T extends z.ZodType>(plural: N, item: T) =>
  z.object({
    [plural]: z.array(item),
    total: z.int().nullable().meta({
      description:
        'All matches, not only this page; null where counting would mean reading everything.',
    }),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: 'Pass as `cursor` for the next page; null on the last.' }),
  } as { [K in N]: z.ZodArray<T> } & {
    total: z.ZodNullable<z.ZodInt>;
    next_cursor: z.ZodNullable<z.ZodString>;
  });

interface ListQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What a domain's list answers: a page, how many there are in all, and where the next page begins. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly total?: number | null;
  readonly cursor?: string | undefined;
}

/**
 * Answers a list: opens the caller's cursor, asks the domain for the page, seals the next cursor.
 * `list` is the endpoint's id; a cursor is good for that list with these very filters.
 */
export async function answerList<N extends string, T>(
  ctx: Context,
  { list, plural, query }: { list: string; plural: N; query: ListQuery },
  read: (page: ListQuery) => Promise<ListPage<T>>,
): Promise<{ [K in N]: T[] } & { total: number | null; next_cursor: string | null }> {
  const { limit, cursor, ...filters } = query;
  const binding = cursorBinding(list, filters);
  const place = cursor === undefined ? undefined : await decodeCursor(ctx, binding, cursor);
  const page = await read({ limit, cursor: place });
  const next = page.cursor === undefined ? null : await encodeCursor(ctx, binding, page.cursor);
  return {
    [plural]: [...page.items],
    total: page.total ?? null,
    next_cursor: next,
  } as { [K in N]: T[] } & { total: number | null; next_cursor: string | null };
}
