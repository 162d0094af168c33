import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { serveJob } from '#shared/aws/serve-job.ts';
import { serveSubscriber, serveWorker } from '#shared/aws/serve-queue.ts';
import type { Context } from '#shared/core/context.ts';
import { appendEvent } from '#shared/events/append-event.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { defineJob, defineSubscriber } from '#shared/events/subscriber.ts';
import { defineTask, defineWorker, type TaskMessage } from '#shared/events/task.ts';
import { thinEvent } from '#shared/events/thin-event.ts';
import { anEvent } from '#test/events/an-event.ts';
import { testContext } from '#test/support/context.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

const aRecord = (messageId: string, body: unknown): SQSRecord => ({
  messageId,
  receiptHandle: 'r',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 's',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:local:000000000000:queue',
  awsRegion: 'local',
});
const queue = (...bodies: unknown[]): SQSEvent => ({
  Records: bodies.map((body, n) => aRecord(`m${n}`, body)),
});
/** What EventBridge puts on a queue. */
const onBus = (event: EventEnvelope) => ({
  version: '0',
  source: 'chargespot',
  'detail-type': event.type,
  detail: event,
});

describe('a subscriber', () => {
  test('is given each event in its tenant, caused by it', async () => {
    const ctx = testContext();
    useTestRuntime(ctx);
    const got: [EventEnvelope, Context][] = [];
    const handler = serveSubscriber(
      defineSubscriber({
        id: 'note',
        summary: 'Notes events.',
        on: 'all',
        handle: async (event, within) => void got.push([event, within]),
      }),
    );
    const event = anEvent(ctx.as({ tenantId: 'acme' }));
    expect(await handler(queue(onBus(event)))).toEqual({ batchItemFailures: [] });
    expect(got[0]?.[0]).toEqual(event);
    expect(got[0]?.[1]).toMatchObject({
      tenantId: 'acme',
      actor: { kind: 'system' },
      cause: { type: 'rule', ref: event.id },
    });
  });

  test('is given the whole of an event that the bus brought without its object', async () => {
    const ctx = testContext();
    useTestRuntime(ctx);
    const event = anEvent(ctx, { data: { object: { text: 'all of it' } } });
    await appendEvent(ctx, event);
    const got: EventEnvelope[] = [];
    const handle = async (one: EventEnvelope) => void got.push(one);
    const spec = { id: 'note', summary: 'Notes events.', on: 'all', handle } as const;
    const handler = serveSubscriber(defineSubscriber(spec));
    await handler(queue(onBus(thinEvent(event))));
    expect(got).toEqual([event]);
    const lost = await handler(queue(onBus(thinEvent(anEvent(ctx)))));
    expect(lost.batchItemFailures).toHaveLength(1);
  });

  test('that fails on one message gets that one again, and the others not', async () => {
    const ctx = testContext();
    useTestRuntime(ctx);
    const [good, bad] = [anEvent(ctx), anEvent(ctx)];
    const handler = serveSubscriber(
      defineSubscriber({
        id: 'picky',
        summary: 'Refuses one.',
        on: 'all',
        handle: async ({ id }) => {
          if (id === bad.id) throw new Error('no');
        },
      }),
    );
    const answer = await handler(queue(onBus(good), onBus(bad), '{', {}));
    expect(answer.batchItemFailures).toEqual(
      ['m1', 'm2', 'm3'].map((itemIdentifier) => ({ itemIdentifier })),
    );
  });
});

describe('a worker', () => {
  const Count = defineTask({ id: 'count', payload: z.object({ by: z.int() }) });
  const counting = () => {
    const counted: number[] = [];
    const worker = defineWorker({
      task: Count,
      summary: 'Counts.',
      handle: async ({ by }) => void counted.push(by),
    });
    return { counted, handler: serveWorker(worker) };
  };
  const task = (at: string, payload: unknown = { by: 2 }): TaskMessage => ({
    tenantId: 'demo',
    livemode: false,
    id: 'task_1',
    task: 'count',
    at,
    payload,
  });

  test('does what is due', async () => {
    const ctx = testContext();
    useTestRuntime(ctx);
    const { counted, handler } = counting();
    await handler(queue(task(ctx.now().toISOString())));
    expect(counted).toEqual([2]);
  });

  test('puts a task back whose time has not come: queues hold none longer than 15 minutes', async () => {
    const ctx = testContext();
    const { enqueued } = useTestRuntime(ctx);
    const { counted, handler } = counting();
    const early = task(new Date(ctx.now().getTime() + 1).toISOString());
    expect(await handler(queue(early))).toEqual({ batchItemFailures: [] });
    expect(enqueued).toEqual([early]);
    ctx.tick(1);
    await handler(queue(...enqueued));
    expect(counted).toEqual([2]);
  });

  test('refuses a payload of another shape', async () => {
    const ctx = testContext();
    useTestRuntime(ctx);
    const { handler } = counting();
    const answer = await handler(queue(task(ctx.now().toISOString(), { by: 'two' })));
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm0' }]);
  });
});

test('a job runs for no tenant, and its error is not swallowed', async () => {
  useTestRuntime(testContext());
  const seen: string[] = [];
  const job = (handle: (ctx: Context) => Promise<void>) =>
    serveJob(defineJob({ id: 'sweep', summary: 'Sweeps.', everyMinutes: 5, handle }));
  await job(async ({ tenantId, cause }) => void seen.push(tenantId, cause.type))();
  expect(seen).toEqual(['', 'schedule']);
  await expect(job(() => Promise.reject(new Error('no')))()).rejects.toThrow('no');
});
