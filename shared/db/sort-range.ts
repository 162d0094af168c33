import type { Query } from '#shared/core/table.ts';

/** The inclusive bounds on the sort key that a query names; `prefix` stays apart, for engines that know prefixes. */
export interface SortRange {
  readonly from?: string;
  readonly to?: string;
  readonly prefix?: string;
}

/** `none` when no row can match. An empty bound is no bound. */
export function sortRange(query: Query): SortRange | 'none' {
  const { beginsWith, from, to } = query;
  if (beginsWith !== undefined && (from !== undefined || to !== undefined)) {
    throw new TypeError('beginsWith does not go together with from or to.');
  }
  if (query.limit !== undefined && !(Number.isInteger(query.limit) && query.limit > 0)) {
    throw new TypeError('limit must be a positive integer.');
  }
  if (to === '') return 'none';
  if (from && to && Buffer.compare(Buffer.from(from), Buffer.from(to)) > 0) return 'none';
  return {
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(beginsWith ? { prefix: beginsWith } : {}),
  };
}
