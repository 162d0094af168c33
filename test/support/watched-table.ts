import type { Table } from '#shared/core/table.ts';

export interface TableCall {
  readonly method: string;
  readonly given: readonly unknown[];
}

/** The same table, and all that is asked of it this way. */
export function watchedTable<T extends Table>(of: T): { table: T; calls: TableCall[] } {
  const calls: TableCall[] = [];
  const table = new Proxy(of, {
    get: (target, name) => {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        calls.push({ method: String(name), given });
        return value.apply(target, given);
      };
    },
  });
  return { table, calls };
}
