import type { Item, Query, Table } from '#shared/core/table.ts';

interface HasTable {
  readonly table: Table;
}

/** Every row of a query, read page by page as they are asked for. */
export async function* rowsOf({ table }: HasTable, query: Query): AsyncGenerator<Item> {
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await table.query({ ...query, ...(cursor ? { cursor } : {}) });
    yield* page.items;
    cursor = page.cursor;
  }
}

/** All rows of a query that is known to have few. */
export async function readAll(ctx: HasTable, query: Query): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of rowsOf(ctx, query)) items.push(item);
  return items;
}
