import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { contextOf, runtime } from '#shared/aws/runtime.ts';
import type { Context } from '#shared/core/context.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { findEvent } from '#shared/events/event-log.ts';
import { onBehalfOfEvent, onBehalfOfTask } from '#shared/events/on-behalf.ts';
import type { Subscriber } from '#shared/events/subscriber.ts';
import { TaskMessage, type Worker } from '#shared/events/task.ts';

type QueueHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** What EventBridge puts on a subscriber's queue. */
const BusMessage = z.object({ detail: EventEnvelope });

/** The Lambda of functions/events/<id>.ts. */
export const serveSubscriber = (subscriber: Subscriber): QueueHandler =>
  serveQueue(subscriber.id, async (body) => {
    const { detail } = BusMessage.parse(JSON.parse(body));
    const ctx = contextOf(onBehalfOfEvent(detail));
    await subscriber.handle(await wholeOf(ctx, detail), ctx);
  });

/** The bus brings an event that is too large for it without its object; the log has had it before. */
async function wholeOf(ctx: Context, event: EventEnvelope): Promise<EventEnvelope> {
  if (event.data.truncated !== true) return event;
  const whole = await findEvent(ctx, event.id);
  if (!whole) throw new Error(`The log does not have ${event.id}`);
  return whole;
}

/**
 * The Lambda of functions/tasks/<id>.ts. A queue holds a message back 15 minutes at most: a task that
 * is not due yet goes back for the rest of its time.
 */
export const serveWorker = (worker: Worker): QueueHandler =>
  serveQueue(worker.id, async (body) => {
    const message = TaskMessage.parse(JSON.parse(body));
    const isEarly = Date.parse(message.at) > runtime().now().getTime();
    if (isEarly) await runtime().enqueue([message]);
    else await worker.run(message.payload, contextOf(onBehalfOfTask(message)));
  });

/** Messages stand for themselves: those that failed are reported and come again, the others are done. */
const serveQueue =
  (id: string, handle: (body: string) => Promise<void>): QueueHandler =>
  async ({ Records }) => {
    const results = await Promise.allSettled(Records.map(({ body }) => handle(body)));
    const batchItemFailures = results.flatMap((result, n) => {
      const messageId = Records[n]?.messageId;
      if (result.status === 'fulfilled' || messageId === undefined) return [];
      runtime().log.error('A message failed', { of: id, messageId, error: result.reason });
      return [{ itemIdentifier: messageId }];
    });
    return { batchItemFailures };
  };
