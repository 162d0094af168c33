/**
 * The one storage port. Two adapters, `db/sqlite-table` and `aws/dynamo-table`, are held to the same
 * behaviour by test/contract/table.test.ts.
 *
 * Rows are JSON: strings, numbers, booleans, null, arrays and plain objects. An attribute set to
 * `undefined` is not stored. A row whose `ttl` (unix seconds) has passed reads as absent everywhere,
 * conditions included, whether or not the engine has deleted it yet.
 */
export type IndexName = 'gsi1' | 'gsi2';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
export type Item = Key & { readonly [attribute: string]: unknown };

/** `absent`/`present`: the row. An object: these attributes hold exactly these values (undefined = not set). */
export type Condition =
  | 'absent'
  | 'present'
  | { readonly [attribute: string]: string | number | boolean | undefined };

export type Write =
  | { readonly op: 'put'; readonly item: Item; readonly when?: Condition }
  | {
      readonly op: 'update';
      readonly key: Key;
      readonly set?: { readonly [attribute: string]: unknown };
      readonly remove?: readonly string[];
      /** Numeric attributes to raise; an unset attribute counts as 0. */
      readonly add?: { readonly [attribute: string]: number };
      readonly when?: Condition;
    }
  | { readonly op: 'delete'; readonly key: Key; readonly when?: Condition }
  | { readonly op: 'check'; readonly key: Key; readonly when: Condition };

export interface Query {
  readonly pk: string;
  readonly index?: IndexName;
  readonly beginsWith?: string;
  /** Inclusive bounds on the sort key. Not together with `beginsWith`. */
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  /** From an earlier page of the same query. */
  readonly cursor?: string;
  readonly newestFirst?: boolean;
}

export interface Page {
  readonly items: Item[];
  readonly cursor?: string;
}

export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** Answers in the order of the keys; undefined where there is no row. Any number of keys. */
  batchGet(keys: readonly Key[]): Promise<(Item | undefined)[]>;
  query(query: Query): Promise<Page>;
  /** All or nothing, at most 100 writes. Throws {@link ConditionFailed} when any condition fails. */
  write(writes: readonly Write[]): Promise<void>;
  /**
   * Raise one number by one and answer its new value, or undefined (and no change) where it already
   * stands at `max`. Creates the row.
   */
  increment(
    key: Key,
    attribute: string,
    options?: { max?: number; ttl?: number },
  ): Promise<number | undefined>;
}

/** A condition of a `write` did not hold; nothing was written. `failed` are the indexes of those writes. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';
  readonly failed: readonly number[];
  constructor(failed: readonly number[]) {
    super(`A write condition failed (${failed.join(', ')}).`);
    this.failed = failed;
  }
}
