import { Outbox, type Recorded } from '#shared/events/recorded.ts';
import type { TestContext } from '#test/support/context.ts';

const READER = 'test';
const ALL = 1_000_000;

/** Every outbox of the table in the order of its commits, since `clearOutbox` was last called. */
export const recordedOutboxes = ({ table }: Pick<TestContext, 'table'>): Outbox[] =>
  table.stream
    .read(table.stream.checkpoint(READER), ALL)
    .flatMap(({ item }) => (item.outbox === undefined ? [] : [Outbox.parse(item.outbox)]));

/** Every event recorded since, in order. */
export const recordedEvents = (ctx: Pick<TestContext, 'table'>): Recorded[] =>
  recordedOutboxes(ctx).flatMap(({ events }) => events);

/** Forgets what was recorded so far; what other readers see stays. */
export function clearOutbox({ table }: Pick<TestContext, 'table'>): void {
  const last = table.stream.read(table.stream.checkpoint(READER), ALL).at(-1);
  if (last) table.stream.saveCheckpoint(READER, last.seq);
}
