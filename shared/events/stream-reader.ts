import type { Context } from '#shared/core/context.ts';
import type { Item } from '#shared/core/table.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { Who } from '#shared/events/on-behalf.ts';
import type { TaskMessage } from '#shared/events/task.ts';

/** What a stream reader is given besides the rows. */
export interface ReaderPorts {
  contextFor(who: Who): Context;
  publish(events: readonly EventEnvelope[]): Promise<void>;
  enqueue(tasks: readonly TaskMessage[]): Promise<void>;
  /** How to wait; for real where left out. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** A reader of the table's stream, functions/stream/<id>.ts. It sees new rows, in their partition's order. */
export interface StreamReader {
  readonly kind: 'reader';
  readonly id: string;
  readonly summary: string;
  /**
   * Answers the errors by the rows' index; empty when all is well. The stream gives the rows from the
   * first failed one on again, so everything done here may be done twice.
   */
  readonly read: (
    rows: readonly Item[],
    ports: ReaderPorts,
  ) => Promise<ReadonlyMap<number, unknown>>;
}
export const defineReader = (spec: Omit<StreamReader, 'kind'>): StreamReader => ({
  kind: 'reader',
  ...spec,
});

/** Does the same for every row, at once. */
export async function eachRow(
  rows: readonly Item[],
  handle: (row: Item) => Promise<void>,
): Promise<ReadonlyMap<number, unknown>> {
  const results = await Promise.allSettled(rows.map(handle));
  return new Map(
    results.flatMap((result, n) => (result.status === 'rejected' ? [[n, result.reason]] : [])),
  );
}
