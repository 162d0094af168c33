import { Ledger } from '#bench/units/ledger.ts';
import { loadReaders } from '#bench/units/load-readers.ts';
import { meteredTraffic } from '#bench/units/metered-traffic.ts';
import { loadEndpoints, loadSubscribers, loadWorkers } from '#lib/registry.ts';
import type { Context } from '#shared/core/context.ts';
import type { TrafficLog } from '#shared/core/traffic-log.ts';
import { MeteredTable, type Reading } from '#shared/db/metered-table.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { onBehalfOfEvent, onBehalfOfTask, type Who } from '#shared/events/on-behalf.ts';
import type { StreamReader } from '#shared/events/stream-reader.ts';
import type { Subscriber } from '#shared/events/subscriber.ts';
import type { TaskMessage, Worker } from '#shared/events/task.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { type Call, call, type Reply } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

interface Functions {
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly readers: readonly StreamReader[];
  readonly subscribers: readonly Subscriber[];
  readonly workers: ReadonlyMap<string, Worker>;
}

/** Everything that waits for a reader, a subscriber or its time. */
interface Waiting {
  events: EventEnvelope[];
  tasks: TaskMessage[];
}

/**
 * The platform in memory over a table that counts. What each function does is entered in the ledger
 * under its name; as in the cloud at little traffic, each record and each message is a call of its own.
 */
export class MeteredWorld {
  readonly #base: TestContext;
  readonly #table: MeteredTable;
  readonly #traffic: TrafficLog;
  readonly #functions: Functions;
  readonly #waiting: Waiting = { events: [], tasks: [] };
  #ledger = new Ledger();
  #framesSeen = { ocpp: 0, live: 0 };

  private constructor(functions: Functions) {
    this.#base = testContext();
    this.#table = new MeteredTable(this.#base.table);
    this.#traffic = meteredTraffic(this.#base.traffic, (bytes) => {
      this.#ledger.count('logAppends');
      this.#ledger.count('loggedBytes', bytes);
    });
    this.#functions = functions;
  }

  static async create(): Promise<MeteredWorld> {
    const [endpoints, readers, subscribers, workers] = await Promise.all([
      loadEndpoints(),
      loadReaders(),
      loadSubscribers(),
      loadWorkers(),
    ]);
    return new MeteredWorld({
      endpoints: new Map(endpoints.map(({ value }) => [value.id, value])),
      readers,
      subscribers: subscribers.map(({ value }) => value),
      workers: new Map(workers.map(({ value }) => [value.id, value])),
    });
  }

  get endpoints(): ReadonlyMap<string, Endpoint> {
    return this.#functions.endpoints;
  }
  get sent(): TestContext['sent'] {
    return this.#base.sent;
  }
  get files(): TestContext['files'] {
    return this.#base.files;
  }
  now = (): Date => this.#base.now();
  tick = (ms: number): void => this.#base.tick(ms);

  context(who: Partial<Who> = {}): Context {
    return { ...this.#base, ...who, table: this.#table, traffic: this.#traffic };
  }

  /** What `work` and all that follows from it cost, and what its own call did. */
  async measure<T>(work: () => Promise<T>): Promise<{ ledger: Ledger; result: T }> {
    const ledger = new Ledger();
    this.#ledger = ledger;
    const result = await work();
    await this.settle();
    this.#ledger = new Ledger();
    return { ledger, result };
  }

  /** Runs one function and enters what it did; answers that too. */
  async run<T>(name: string, work: () => Promise<T>): Promise<{ result: T; reading: Reading }> {
    this.#table.meter.take();
    const result = await work();
    const reading = this.#table.meter.take();
    this.#ledger.add(name, reading);
    const { ocpp, live } = this.sent;
    this.#ledger.count('ocppFrames', ocpp.length - this.#framesSeen.ocpp);
    this.#ledger.count('liveFrames', live.length - this.#framesSeen.live);
    this.#framesSeen = { ocpp: ocpp.length, live: live.length };
    return { result, reading };
  }

  /** A frame is on its way in. */
  countFrame(kind: 'ocppFrames' | 'liveFrames'): void {
    this.#ledger.count(kind);
  }

  async request(id: string, input: Call = {}): Promise<Reply> {
    const endpoint = this.#functions.endpoints.get(id);
    if (!endpoint) throw new Error(`There is no operation ${id}`);
    this.#ledger.count('restRequests');
    const name = `api/${id}`;
    const ctx = this.context();
    // As the front door gives it: what became of a request is kept by its id.
    const cause = { ...ctx.cause, request_id: ctx.newId('req') };
    const { result } = await this.run(name, () => call({ ...ctx, cause }, endpoint, input));
    return result;
  }

  /** A request that is to succeed; the body of the answer. */
  async ask(id: string, input: Call): Promise<Reply['body']> {
    const reply = await this.request(id, input);
    if (reply.status >= 300) throw new Error(`${id} was answered ${reply.status}: ${reply.text}`);
    return reply.body;
  }
  post = (id: string, body: object): Promise<Reply['body']> => this.ask(id, { body });

  /** Does what follows from what was committed, until nothing is left to do at this time. */
  async settle(): Promise<void> {
    for (;;) {
      const rows = await this.#readStream();
      const events = this.#waiting.events.splice(0);
      for (const event of events) await this.#deliver(event);
      const due = this.#takeDue();
      for (const task of due) await this.#work(task);
      if (rows + events.length + due.length === 0) return;
    }
  }

  async #readStream(): Promise<number> {
    const { stream } = this.#base.table;
    let rows = 0;
    for (const reader of this.#functions.readers) {
      for (const { seq, change, item } of stream.read(stream.checkpoint(reader.id), 100)) {
        if (change === 'INSERT') {
          const { result } = await this.run(`stream/${reader.id}`, () =>
            reader.read([item], this.#ports()),
          );
          for (const failure of result.values()) throw failure;
        }
        stream.saveCheckpoint(reader.id, seq);
        rows += 1;
      }
    }
    return rows;
  }

  #ports() {
    return {
      contextFor: (who: Who) => this.context(who),
      publish: async (events: readonly EventEnvelope[]) => {
        this.#ledger.count('busEvents', events.length);
        this.#waiting.events.push(...events);
      },
      enqueue: async (tasks: readonly TaskMessage[]) => {
        this.#ledger.count('queueMessages', tasks.length);
        this.#waiting.tasks.push(...tasks);
      },
    };
  }

  async #deliver(event: EventEnvelope): Promise<void> {
    for (const { id, on, handle } of this.#functions.subscribers) {
      if (on !== 'all' && !on.some(({ name }) => name === event.type)) continue;
      this.#ledger.count('queueMessages');
      const ctx = this.context(onBehalfOfEvent(event));
      await this.run(`events/${id}`, () => handle(event, ctx));
    }
  }

  #takeDue(): TaskMessage[] {
    const isDue = ({ at }: TaskMessage) => Date.parse(at) <= this.now().getTime();
    const due = this.#waiting.tasks.filter(isDue);
    this.#waiting.tasks = this.#waiting.tasks.filter((task) => !isDue(task));
    return due;
  }

  async #work(task: TaskMessage): Promise<void> {
    const worker = this.#functions.workers.get(task.task);
    if (!worker) throw new Error(`There is no worker ${task.task}`);
    const ctx = this.context(onBehalfOfTask(task));
    await this.run(`tasks/${task.task}`, () => worker.run(task.payload, ctx));
  }
}
