import * as z from 'zod';
import { AppError } from '#shared/core/errors.ts';
import type { Item, Page, Query } from '#shared/core/table.ts';

const Place = z.record(z.string(), z.string());
export type Place = z.infer<typeof Place>;

/** The attributes that order a query's rows: partition, sort and, on an index, the row's own key. */
export const orderOf = (query: Pick<Query, 'index'>) =>
  query.index
    ? { partition: `${query.index}pk`, sort: `${query.index}sk`, own: ['pk', 'sk'] }
    : { partition: 'pk', sort: 'sk', own: [] };

/** The page of a query, given its rows and, where there are more, at least one row beyond its limit. */
export function pageOf(query: Query, rows: readonly Item[]): Page {
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return rows.length > items.length && last
    ? { items, cursor: cursorAfter(last, query) }
    : { items };
}

/** Where the next page starts: after this row. The same text on every engine. */
function cursorAfter(item: Item, query: Query): string {
  const { partition, sort, own } = orderOf(query);
  const place = Object.fromEntries([partition, sort, ...own].map((name) => [name, item[name]]));
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place a cursor names; refuses one that another query gave. */
export function placeOf(query: Query): Place | undefined {
  if (query.cursor === undefined) return undefined;
  const { partition, sort, own } = orderOf(query);
  const place = Place.safeParse(parsed(query.cursor)).data;
  const names = [partition, sort, ...own];
  const fits =
    place && Object.keys(place).length === names.length && names.every((n) => n in place);
  if (!fits || place[partition] !== query.pk) {
    throw new AppError('invalid_request', 'This cursor does not belong to this list.');
  }
  return place;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
