import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Lambda } from '#local/lambda.ts';
import type { Queues } from '#local/queues.ts';
import { toImage, toKey } from '#shared/aws/dynamo-row.ts';
import type { Log } from '#shared/core/log.ts';
import type { SqliteStream, StreamRecord } from '#shared/db/sqlite-stream.ts';

const BATCH = 25;
const RETRIES = 5;
const FIRST_RETRY_MS = 200;

const BatchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) })
  .optional();

export interface StreamPumpOptions {
  /** The reader's id, and the name of its checkpoint. */
  readonly reader: string;
  readonly stream: SqliteStream;
  readonly lambda: Lambda;
  readonly queues: Queues;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * What feeds the table's changes to a reader, as Lambda does with DynamoDB Streams: in order, from
 * where it left off, again after a failure. A record that keeps failing is set aside.
 */
export class StreamPump {
  readonly #options: StreamPumpOptions;
  readonly #stopListening: () => void;
  #running: Promise<void> | undefined;
  readonly #stopping = new AbortController();
  /** Failures of the record that is next, one after the other. */
  #failures = 0;

  constructor(options: StreamPumpOptions) {
    this.#options = options;
    const { stream, reader } = options;
    stream.saveCheckpoint(reader, stream.checkpoint(reader));
    this.#stopListening = stream.onCommit(() => this.#wake());
  }

  start(): void {
    this.#wake();
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#stopListening();
    await this.#running;
  }

  #wake(): void {
    if (this.#stopping.signal.aborted) return;
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // After the commit that woke us has been answered: its caller comes first.
    await new Promise(setImmediate);
    const { stream, reader } = this.#options;
    while (!this.#stopping.signal.aborted) {
      const records = stream.read(stream.checkpoint(reader), this.#failures > 0 ? 1 : BATCH);
      if (records.length === 0) break;
      await this.#deliver(records);
    }
    this.#running = undefined;
  }

  async #deliver(records: readonly StreamRecord[]): Promise<void> {
    const { stream, reader } = this.#options;
    const failed = await this.#firstFailure(records);
    const done = failed === undefined ? records : records.filter(({ seq }) => seq < failed);
    const last = done.at(-1);
    if (last) {
      stream.saveCheckpoint(reader, last.seq);
      this.#failures = 0;
    }
    if (failed !== undefined) await this.#failedAt(failed, records);
  }

  /** The first record that could not be handled; of a batch that failed as a whole, its first. */
  async #firstFailure(records: readonly StreamRecord[]): Promise<number | undefined> {
    const { lambda, log, reader } = this.#options;
    try {
      const answer = BatchResponse.parse(await lambda.invoke(eventOf(records)));
      const failures = answer?.batchItemFailures.map((one) => Number(one.itemIdentifier)) ?? [];
      return failures.length > 0 ? Math.min(...failures) : undefined;
    } catch (error) {
      log.error('A stream reader failed', { reader, error });
      return records[0]?.seq;
    }
  }

  async #failedAt(seq: number, records: readonly StreamRecord[]): Promise<void> {
    const { stream, reader, queues, log, now } = this.#options;
    this.#failures += 1;
    if (this.#failures <= RETRIES) return this.#pause(FIRST_RETRY_MS * 2 ** (this.#failures - 1));
    const body = JSON.stringify(records.find((record) => record.seq === seq));
    queues.buryRecord(`stream-${reader}`, body, now());
    stream.saveCheckpoint(reader, seq);
    this.#failures = 0;
    log.error('A change is set aside', { reader, seq });
  }

  /** Ends early when the pump is stopped. */
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }
}

const eventOf = (records: readonly StreamRecord[]) => ({
  Records: records.map(({ seq, change, at, item }) => ({
    eventID: String(seq),
    eventName: change,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'local',
    eventSourceARN: 'arn:aws:dynamodb:local:000000000000:table/magma/stream/local',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: toKey(item),
      NewImage: toImage(item),
      SequenceNumber: String(seq),
      StreamViewType: 'NEW_IMAGE',
    },
  })),
});
