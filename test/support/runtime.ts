import { type Runtime, useRuntime } from '#shared/aws/runtime.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { TaskMessage } from '#shared/events/task.ts';
import type { TestContext } from '#test/support/context.ts';

export interface TestRuntime extends Runtime {
  /** What handlers put on the bus and on the queues. */
  readonly published: EventEnvelope[];
  readonly enqueued: TaskMessage[];
}

/** Puts a test's world behind the Lambda handlers, until the next test does. */
export function useTestRuntime(
  ctx: TestContext,
  { originSecret }: { readonly originSecret?: string } = {},
): TestRuntime {
  const published: EventEnvelope[] = [];
  const enqueued: TaskMessage[] = [];
  const runtime: TestRuntime = {
    table: ctx.table,
    sockets: ctx.sockets,
    log: ctx.log,
    traffic: ctx.traffic,
    urls: ctx.urls,
    cursorKey: ctx.cursorKey,
    files: ctx.files,
    filesKey: ctx.filesKey,
    mail: ctx.mail,
    ca: ctx.ca,
    originSecret: async () => originSecret,
    publish: async (events) => void published.push(...events),
    enqueue: async (tasks) => void enqueued.push(...tasks),
    now: () => ctx.now(),
    published,
    enqueued,
  };
  useRuntime(runtime);
  return runtime;
}
