interface Paged<T> {
  readonly items: T[];
  readonly total: number;
  /** Where the next page begins; left out at the end. */
  readonly cursor?: string;
}

/** A page of a list that is at hand whole, sorted with the highest place first. */
export function pageOf<T>(
  all: readonly T[],
  placeOf: (item: T) => string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Paged<T> {
  const left = all.filter((item) => cursor === undefined || placeOf(item) < cursor);
  const items = left.slice(0, limit);
  const last = left.length > limit ? items.at(-1) : undefined;
  return { items, total: all.length, ...(last ? { cursor: placeOf(last) } : {}) };
}
