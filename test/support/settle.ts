import { reader as pushLive } from '#functions/stream/push-live.ts';
import { reader as relayEvents } from '#functions/stream/relay-events.ts';
import { loadSubscribers, loadWorkers } from '#lib/registry.ts';
import type { Table } from '#shared/core/table.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { onBehalfOfEvent, onBehalfOfTask } from '#shared/events/on-behalf.ts';
import type { ReaderPorts, StreamReader } from '#shared/events/stream-reader.ts';
import type { Subscriber } from '#shared/events/subscriber.ts';
import type { TaskMessage, Worker } from '#shared/events/task.ts';
import type { TestContext } from '#test/support/context.ts';

const BATCH = 25;
/** More turns than any journey takes: work that makes work for ever is a mistake. */
const TURNS_AT_MOST = 1000;

interface Registry {
  readonly subscribers: readonly Subscriber[];
  readonly workers: ReadonlyMap<string, Worker>;
}
let registry: Promise<Registry> | undefined;

/** What is under way in one world: on the bus, and on the queues with tasks not yet due. */
interface Traffic {
  events: EventEnvelope[];
  tasks: TaskMessage[];
}
const traffic = new WeakMap<Table, Traffic>();

/**
 * Does all that follows from what was committed, as the stream readers, the bus and the queues do in
 * the cloud, until nothing is left to do at the present time of the clock.
 */
export async function settle(ctx: TestContext): Promise<void> {
  registry ??= load();
  const { subscribers, workers } = await registry;
  const under = trafficOf(ctx);
  for (let turn = 0; turn < TURNS_AT_MOST; turn++) {
    const rows = (await feed(ctx, relayEvents)) + (await feed(ctx, pushLive));
    const events = under.events.splice(0);
    for (const event of events) await deliver(ctx, event, subscribers);
    const due = takeDue(ctx);
    for (const task of due) await work(ctx, task, workers);
    if (rows + events.length + due.length === 0) return;
  }
  throw new Error('There is always more to do.');
}

/** Tasks whose time has not come, in the order of their times. */
export const pendingTasks = (ctx: TestContext): readonly TaskMessage[] =>
  trafficOf(ctx).tasks.toSorted((a, b) => (a.at < b.at ? -1 : 1));

async function load(): Promise<Registry> {
  const [subscribers, workers] = await Promise.all([loadSubscribers(), loadWorkers()]);
  return {
    subscribers: subscribers.map(({ value }) => value),
    workers: new Map(workers.map(({ value }) => [value.id, value])),
  };
}

function trafficOf({ table }: TestContext): Traffic {
  const known = traffic.get(table) ?? { events: [], tasks: [] };
  traffic.set(table, known);
  return known;
}

/** Gives a reader what is new in the stream; answers how many rows that were. */
export async function feed(ctx: TestContext, reader: StreamReader): Promise<number> {
  const { stream } = ctx.table;
  const records = stream.read(stream.checkpoint(reader.id), BATCH);
  const last = records.at(-1);
  if (!last) return 0;
  const inserted = records.filter(({ change }) => change === 'INSERT').map(({ item }) => item);
  const [failure] = await reader.read(inserted, portsOf(ctx));
  if (failure) throw failure[1];
  stream.saveCheckpoint(reader.id, last.seq);
  return records.length;
}

/** For who has undone what was written lately: nothing follows from it. */
export function passOver({ table: { stream } }: Pick<TestContext, 'table'>): void {
  for (const { id } of [relayEvents, pushLive]) {
    const last = stream.read(stream.checkpoint(id), Number.MAX_SAFE_INTEGER).at(-1);
    if (last) stream.saveCheckpoint(id, last.seq);
  }
}

function portsOf(ctx: TestContext): ReaderPorts {
  const under = trafficOf(ctx);
  return {
    contextFor: (who) => ctx.as(who),
    publish: async (events) => void under.events.push(...events),
    enqueue: async (tasks) => void under.tasks.push(...tasks),
    // Nothing else runs meanwhile, so there is nothing to wait for.
    pause: async () => {},
  };
}

async function deliver(ctx: TestContext, event: EventEnvelope, to: readonly Subscriber[]) {
  for (const { on, handle } of to) {
    if (on === 'all' || on.some(({ name }) => name === event.type))
      await handle(event, ctx.as(onBehalfOfEvent(event)));
  }
}

function takeDue(ctx: TestContext): TaskMessage[] {
  const under = trafficOf(ctx);
  const now = ctx.now().getTime();
  const isDue = ({ at }: TaskMessage) => Date.parse(at) <= now;
  const due = pendingTasks(ctx).filter(isDue);
  under.tasks = under.tasks.filter((task) => !isDue(task));
  return due;
}

async function work(ctx: TestContext, task: TaskMessage, workers: Registry['workers']) {
  const worker = workers.get(task.task);
  if (!worker) throw new Error(`functions/tasks has no ${task.task}`);
  await worker.run(task.payload, ctx.as(onBehalfOfTask(task)));
}
