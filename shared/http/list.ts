import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { type PageAsked, type PageRead, readPage } from '#shared/http/read-page.ts';

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

interface ListAbout<N extends string, Q> {
  /** The endpoint's id. A cursor is good for this list with these very filters. */
  readonly list: string;
  readonly plural: N;
  readonly query: Q;
}

/** Answers a whole list: {@link readPage}, in the envelope. */
export async function answerList<N extends string, T, Q extends PageAsked>(
  ctx: Context,
  { list, plural, query }: ListAbout<N, Q>,
  read: (page: PageAsked) => Promise<PageRead<T>>,
): Promise<{ [K in N]: T[] } & { total: number | null; next_cursor: string | null }> {
  const { items, ...rest } = await readPage(ctx, list, query, read);
  return { [plural]: items, ...rest } as { [K in N]: T[] } & typeof rest;
}
