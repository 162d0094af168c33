import { reader as pushLive } from '#functions/stream/push-live.ts';
import { reader as relayEvents } from '#functions/stream/relay-events.ts';
import { readRegistry } from '#lib/read-registry.ts';
import type { Context } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import {
  onBehalfOfAll,
  onBehalfOfEvent,
  onBehalfOfTask,
  type Who,
} from '#shared/events/on-behalf.ts';
import type { ReaderPorts, StreamReader } from '#shared/events/stream-reader.ts';
import type { TaskMessage } from '#shared/events/task.ts';
import type { Sender } from '#shared/ocpp/receive.ts';
import { deliver } from '#shared/webhooks/deliver.ts';
import type { HttpPost } from '#shared/webhooks/http-post.ts';
import { DeliverSlowWebhook, DeliverWebhook } from '#shared/webhooks/tasks.ts';
import { Processes, type Waiting } from '#test/support/faults/processes.ts';
import type { Wire } from '#test/support/faults/wire.ts';

const registry = await readRegistry();
const workers = new Map(registry.workers.map((worker) => [worker.id, worker]));
const readers: readonly StreamReader[] = [relayEvents, pushLive];
const BATCH = 25;
const TURNS_AT_MOST = 300;

/**
 * A whole deployment over one table: stream, bus, queues, clock, chargers that answer. Whatever fails
 * comes again as it would there.
 */
export class Machine extends Processes {
  /** Does all that follows, until nothing is left to do at the present time. */
  async drain(): Promise<void> {
    for (let turn = 0; turn < TURNS_AT_MOST; turn++) {
      let some = 0;
      for (const reader of readers) some += await this.#feed(reader);
      for (const waiting of this.state.events.splice(0)) some += await this.#deliver(waiting);
      for (const task of this.#takeDue()) some += await this.#work(task);
      some += await this.#answer();
      if (some === 0) return;
    }
    this.outside.wrong.push(`There is always more to do: ${this.units.at(-1)?.kind}`);
  }

  async #feed(reader: StreamReader): Promise<number> {
    const from = this.state.read[reader.id] ?? 0;
    const rows = this.table.stream.slice(from, from + BATCH);
    if (rows.length === 0) return 0;
    const done = await this.run(`reader ${reader.id}`, async (within, wire) =>
      reader.read(rows, this.#portsOf(within, wire)),
    );
    const first = done.value ? Math.min(rows.length, ...done.value.keys()) : 0;
    if (!this.plan && first < rows.length)
      this.outside.wrong.push(`${reader.id}: ${done.value?.get(first)}`);
    this.state.read[reader.id] = from + first;
    return rows.length;
  }

  #portsOf(within: (who: Who) => Context, wire: Wire): ReaderPorts {
    return {
      contextFor: within,
      publish: (events) => wire.pass('publish', async () => this.#publish(events)),
      enqueue: (tasks) => wire.pass('enqueue', async () => void this.state.tasks.push(...tasks)),
      // Nothing else runs meanwhile, so time passes only here.
      pause: async (ms) => this.tick(ms),
    };
  }

  #publish(events: readonly EventEnvelope[]): void {
    for (const event of events)
      for (const to of registry.subscribers)
        if (to.on === 'all' || to.on.some(({ name }) => name === event.type))
          this.state.events.push({ event, to });
  }

  async #deliver(waiting: Waiting): Promise<number> {
    const { event, to } = waiting;
    const { ok } = await this.run(`subscriber ${to.id}`, (within) =>
      to.handle(event, within(onBehalfOfEvent(event))),
    );
    if (!ok) this.state.events.push(waiting);
    return 1;
  }

  #takeDue(): TaskMessage[] {
    const now = this.now().getTime();
    const isDue = ({ at }: TaskMessage) => Date.parse(at) <= now;
    const due = this.state.tasks.filter(isDue).sort((a, b) => (a.at < b.at ? -1 : 1));
    this.state.tasks = this.state.tasks.filter((task) => !isDue(task));
    return due;
  }

  /** A task by itself, as if its queue had given it. */
  give(task: string, payload: unknown): void {
    const { tenantId, livemode } = this.base;
    const at = this.now().toISOString();
    this.state.tasks.push({ tenantId, livemode, id: `given ${task}`, task, at, payload });
  }

  async #work(task: TaskMessage): Promise<number> {
    const { ok } = await this.run(`task ${task.task}`, async (within, wire) => {
      const ctx = within(onBehalfOfTask(task));
      const isDelivery = [DeliverWebhook.id, DeliverSlowWebhook.id].includes(task.task);
      if (!isDelivery) return workers.get(task.task)?.run(task.payload, ctx);
      return deliver(ctx, DeliverWebhook.payload.parse(task.payload), this.#postOver(wire));
    });
    if (!ok) this.state.tasks.push(task);
    return 1;
  }

  /** A receiver that takes everything. A post that fails is an answer, as long as its sender lives. */
  #postOver =
    (wire: Wire): HttpPost =>
    async ({ body }) => {
      try {
        return await wire.pass('post webhook', async () => {
          this.outside.posts.push(JSON.parse(body));
          return { status: 204, error: null, excerpt: '', retryAfter: null, headers: {} };
        });
      } catch (error) {
        if (wire.isDead) throw error;
        return { status: null, error: String(error), excerpt: null, retryAfter: null, headers: {} };
      }
    };

  /** A run of a job of functions/jobs. */
  async job(id: string): Promise<void> {
    const job = registry.jobs.find((each) => each.id === id);
    if (!job) throw new Error(`functions/jobs has no ${id}`);
    const { ok } = await this.run(`job ${id}`, (within) => job.handle(within(onBehalfOfAll(id))));
    if (!ok) await this.run(`job ${id}`, (within) => job.handle(within(onBehalfOfAll(id))));
  }

  async #answer(): Promise<number> {
    const frames = this.outside.ocpp.sent.slice(this.state.heard);
    this.state.heard = this.outside.ocpp.sent.length;
    for (const { connectionId, json } of frames) {
      const sender = this.state.senders.get(connectionId);
      if (sender && Array.isArray(json) && json[0] === 2) await this.answering(this, sender, json);
    }
    return frames.length;
  }

  /** What chargers do when they are asked something. */
  answering: (machine: Machine, sender: Sender, call: readonly unknown[]) => Promise<void> =
    async () => {};
}
