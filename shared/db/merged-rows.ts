import type { Item, Query, Table } from '#shared/core/table.ts';

export interface Range {
  /** Both exclusive, on the sort key. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly newestFirst?: boolean | undefined;
  /** Rows per read of one source; a small one reads less in vain. */
  readonly pageSize: number;
}

type Source = Pick<Query, 'pk' | 'index'>;

/** Rows of several partitions as if they were one, in the order of their sort keys. */
export async function* mergedRows(
  table: Table,
  sources: readonly Source[],
  range: Range,
): AsyncGenerator<Item> {
  const open = sources.map((source) => new Reader(table, source, range));
  const sign = range.newestFirst ? -1 : 1;
  for (;;) {
    await Promise.all(open.map((reader) => reader.fill()));
    const heads = open.filter((reader) => reader.head !== undefined);
    const [first] = heads.sort((a, b) => (a.sortKey < b.sortKey ? -sign : sign));
    const row = first?.take();
    if (!row) return;
    yield row;
  }
}

/** One partition, read a page at a time as its rows are taken. */
class Reader {
  readonly #table: Table;
  readonly #query: Query;
  readonly #range: Range;
  #rows: Item[] = [];
  #cursor: string | undefined;
  #ended = false;

  constructor(table: Table, source: Source, range: Range) {
    const { after, before, newestFirst, pageSize } = range;
    this.#table = table;
    this.#range = range;
    this.#query = {
      ...source,
      limit: pageSize,
      ...(after === undefined ? {} : { from: after }),
      ...(before === undefined ? {} : { to: before }),
      ...(newestFirst ? { newestFirst } : {}),
    };
  }

  get head(): Item | undefined {
    return this.#rows[0];
  }
  get sortKey(): string {
    return this.head ? this.#sortKeyOf(this.head) : '';
  }
  take(): Item | undefined {
    return this.#rows.shift();
  }

  async fill(): Promise<void> {
    while (this.#rows.length === 0 && !this.#ended) {
      const cursor = this.#cursor === undefined ? {} : { cursor: this.#cursor };
      const page = await this.#table.query({ ...this.#query, ...cursor });
      this.#rows = page.items.filter((row) => this.#isInside(this.#sortKeyOf(row)));
      this.#cursor = page.cursor;
      this.#ended = page.cursor === undefined;
    }
  }

  #isInside(key: string): boolean {
    return key !== this.#range.after && key !== this.#range.before;
  }
  #sortKeyOf(row: Item): string {
    const { index } = this.#query;
    return index ? String(row[`${index}sk`]) : row.sk;
  }
}
