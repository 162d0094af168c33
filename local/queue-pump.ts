import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Lambda } from '#local/lambda.ts';
import type { Message, Queues } from '#local/queues.ts';
import type { Log } from '#shared/core/log.ts';

const BATCH = 10;
/**
 * Batches of one queue under way at once. Lambda starts more of a function when batches wait, up to a
 * thousand; so many here, that webhooks which hang for their 10 s do not hold up the others.
 */
const CONCURRENCY = 250;
const MAX_RECEIVES = 6;
const FIRST_RETRY_MS = 1000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const BatchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) })
  .optional();

export interface QueuePumpOptions {
  readonly queue: string;
  readonly queues: Queues;
  readonly lambda: Lambda;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * What feeds a queue to its function, as Lambda's event source mapping does: ten at a time, those that
 * failed come again, later each time, and what failed for good becomes a dead letter.
 */
export class QueuePump {
  readonly #options: QueuePumpOptions;
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: QueuePumpOptions) {
    this.#options = options;
    options.queues.onSend(options.queue, () => this.#wake());
  }

  start(): void {
    this.#wake();
  }

  /** Resolves when nothing is under way any more. What waits stays for the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#running);
  }

  #wake(): void {
    const { queue, queues, now } = this.#options;
    if (this.#isStopped) return;
    while (this.#running.size < CONCURRENCY) {
      const messages = queues.receive(queue, BATCH, now());
      if (messages.length === 0) {
        this.#sleep();
        return;
      }
      const work = this.#deliver(messages).finally(() => {
        this.#running.delete(work);
        this.#wake();
      });
      this.#running.add(work);
    }
  }

  #sleep(): void {
    const { queue, queues, now } = this.#options;
    clearTimeout(this.#timer);
    const at = queues.nextDue(queue);
    if (at === undefined) return;
    const wait = Math.min(LONGEST_TIMER_MS, Math.max(1, at - now()));
    this.#timer = setTimeout(() => this.#wake(), wait);
  }

  async #deliver(messages: readonly Message[]): Promise<void> {
    const failed = await this.#failuresOf(messages);
    for (const message of messages) {
      if (failed.has(String(message.id))) this.#failed(message);
      else this.#options.queues.done(message.id);
    }
  }

  async #failuresOf(messages: readonly Message[]): Promise<Set<string>> {
    const { lambda, queue, log } = this.#options;
    try {
      const answer = BatchResponse.parse(await lambda.invoke(eventOf(queue, messages)));
      return new Set(answer?.batchItemFailures.map((failure) => failure.itemIdentifier));
    } catch (error) {
      log.error('A batch failed', { queue, error });
      return new Set(messages.map((message) => String(message.id)));
    }
  }

  #failed({ id, receives }: Message): void {
    const { queue, queues, log, now } = this.#options;
    if (receives < MAX_RECEIVES) {
      queues.retry(id, now() + FIRST_RETRY_MS * 2 ** (receives - 1));
    } else {
      queues.bury(id, now());
      log.error('A message is a dead letter now', { queue, id });
    }
  }
}

const eventOf = (queue: string, messages: readonly Message[]) => ({
  Records: messages.map(({ id, body, receives, sentAt }) => ({
    messageId: String(id),
    receiptHandle: randomUUID(),
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(sentAt),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:000000000000:${queue}`,
    awsRegion: 'local',
  })),
});
