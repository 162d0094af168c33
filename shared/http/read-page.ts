import type { Context } from '#shared/core/context.ts';
import { cursorBinding, decodeCursor, encodeCursor } from '#shared/core/paging.ts';

export interface PageAsked {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface PageRead<T> {
  readonly items: readonly T[];
  /** Left out where counting would mean reading everything. */
  readonly total?: number | null;
  readonly cursor?: string | undefined;
}

/**
 * Reads one page of a list for its endpoint: the client's cursor is opened, and the place after the
 * page sealed, both bound to `list` and to everything in the query that is not paging.
 */
export async function readPage<T, Q extends PageAsked>(
  ctx: Context,
  list: string,
  query: Q,
  read: (page: PageAsked) => Promise<PageRead<T>>,
): Promise<{ items: T[]; total: number | null; next_cursor: string | null }> {
  const { limit, cursor, ...filters } = query;
  const binding = cursorBinding(list, filters);
  const place = cursor === undefined ? undefined : await decodeCursor(ctx, binding, cursor);
  const page = await read({ limit, cursor: place });
  return {
    items: [...page.items],
    total: page.total ?? null,
    next_cursor: page.cursor === undefined ? null : await encodeCursor(ctx, binding, page.cursor),
  };
}
