import { type Lambda, lambda } from '#local/lambda.ts';
import type { Log } from '#shared/core/log.ts';
import type { Job } from '#shared/events/subscriber.ts';

const MINUTE_MS = 60_000;
/** A host that is started every morning must do what is done once a day, too. */
const FIRST_AFTER_MS = MINUTE_MS;

/** Runs each job every so many minutes, never twice at once, as the cloud's schedule does. */
export class Schedule {
  readonly #log: Log;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #running = new Map<string, Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  start(jobs: readonly { readonly file: string; readonly value: Job }[]): void {
    for (const { file, value } of jobs) {
      const target = lambda(`jobs/${file}`, 60_000);
      const run = () => this.#run(value.id, target);
      this.#timers.push(setTimeout(run, FIRST_AFTER_MS));
      this.#timers.push(setInterval(run, value.everyMinutes * MINUTE_MS));
    }
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#running.values());
  }

  #run(id: string, target: Lambda): void {
    if (this.#running.has(id)) return;
    const event = {
      version: '0',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      time: new Date().toISOString(),
      detail: {},
    };
    const work = target
      .invoke(event)
      .then(() => {})
      .catch((error: unknown) => this.#log.error('A job failed', { job: id, error }))
      .finally(() => this.#running.delete(id));
    this.#running.set(id, work);
  }
}
