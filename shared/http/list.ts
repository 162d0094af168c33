import * as z from 'zod';

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
