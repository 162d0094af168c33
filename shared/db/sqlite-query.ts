import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Item, Page, Query } from '#shared/core/table.ts';
import { orderOf, pageOf, placeOf } from '#shared/db/cursor.ts';
import { sortRange } from '#shared/db/sort-range.ts';

const LAST_CHARACTER = '\u{10FFFF}';

/** Runs queries over `rows`; one prepared statement per shape of query. */
export class SqliteQueries {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  run(query: Query, nowSeconds: number): Page {
    const range = sortRange(query);
    const place = placeOf(query);
    if (range === 'none') return { items: [] };
    const { partition, sort, own } = orderOf(query);
    const order = [sort, ...own];
    const direction = query.newestFirst ? 'DESC' : 'ASC';
    const terms = [`${partition} = ?`, '(ttl IS NULL OR ttl > ?)'];
    const values: (string | number)[] = [query.pk, nowSeconds];
    const from = range.from ?? range.prefix;
    const to = range.to ?? (range.prefix && range.prefix + LAST_CHARACTER);
    if (from !== undefined) add(`${sort} >= ?`, from);
    if (to !== undefined) add(`${sort} <= ?`, to);
    if (place) {
      const beyond = query.newestFirst ? '<' : '>';
      add(`(${order}) ${beyond} (${order.map(() => '?')})`, ...order.map((n) => place[n] ?? ''));
    }
    function add(term: string, ...bound: string[]) {
      terms.push(term);
      values.push(...bound);
    }
    const sql = `SELECT body FROM rows WHERE ${terms.join(' AND ')}
      ORDER BY ${order.map((name) => `${name} ${direction}`)} LIMIT ?`;
    // One more than asked for tells whether there is a next page.
    const rows = this.#prepare(sql).all(...values, query.limit ? query.limit + 1 : -1);
    return pageOf(
      query,
      rows.map(({ body }): Item => JSON.parse(String(body))),
    );
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
