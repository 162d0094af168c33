import { readdirSync } from 'node:fs';
import type { Entry } from '#lib/registry.ts';
import { eventQueue, taskQueue } from '#local/bus.ts';
import { type Lambda, lambda } from '#local/lambda.ts';
import { QueuePump } from '#local/queue-pump.ts';
import type { Queues } from '#local/queues.ts';
import { Schedule } from '#local/schedule.ts';
import { StreamPump } from '#local/stream-pump.ts';
import type { Log } from '#shared/core/log.ts';
import type { SqliteTable } from '#shared/db/sqlite-table.ts';
import type { Job, Subscriber } from '#shared/events/subscriber.ts';
import type { Worker } from '#shared/events/task.ts';

const HOUSEKEEPING_MS = 60_000;
/** Changes are kept this long after every reader has seen them, for whoever wants to look. */
const STREAM_KEPT_MS = 3_600_000;
/** As long as the functions behind queues may take in the cloud. */
const QUEUE_TIMEOUT_MS = 60_000;

export interface PumpsOptions {
  readonly table: SqliteTable;
  readonly queues: Queues;
  readonly log: Log;
  readonly subscribers: readonly Entry<Subscriber>[];
  readonly workers: readonly Entry<Worker>[];
  readonly jobs: readonly Entry<Job>[];
}

/** Everything that happens after a change: stream readers, queues, schedules, expiry. */
export class Pumps {
  readonly #pumps: readonly { start(): void; stop(): Promise<void> }[];
  readonly #schedule: Schedule;
  readonly #jobs: PumpsOptions['jobs'];
  readonly #tidy: () => void;
  #housekeeping: NodeJS.Timeout | undefined;

  constructor({ table, queues, log, subscribers, workers, jobs }: PumpsOptions) {
    const now = Date.now;
    const ofQueue = (queue: string, target: Lambda) =>
      new QueuePump({ queue, queues, lambda: target, log, now });
    this.#pumps = [
      ...readers().map(
        (reader) =>
          new StreamPump({
            reader,
            stream: table.stream,
            lambda: lambda(`stream/${reader}.ts`),
            queues,
            log,
            now,
          }),
      ),
      ...subscribers.map(({ file, value }) =>
        ofQueue(eventQueue(value.id), lambda(`events/${file}`, QUEUE_TIMEOUT_MS)),
      ),
      ...workers.map(({ file, value }) =>
        ofQueue(taskQueue(value.id), lambda(`tasks/${file}`, QUEUE_TIMEOUT_MS)),
      ),
    ];
    this.#schedule = new Schedule(log);
    this.#jobs = jobs;
    this.#tidy = () => {
      table.sweep();
      table.stream.prune(new Date(now() - STREAM_KEPT_MS));
    };
  }

  start(): void {
    for (const pump of this.#pumps) pump.start();
    this.#schedule.start(this.#jobs);
    this.#housekeeping = setInterval(this.#tidy, HOUSEKEEPING_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#housekeeping);
    await Promise.all([this.#schedule.stop(), ...this.#pumps.map((pump) => pump.stop())]);
  }
}

/** Each file of functions/stream reads the table's stream. */
const readers = (): string[] =>
  readdirSync(new URL('../functions/stream/', import.meta.url))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
