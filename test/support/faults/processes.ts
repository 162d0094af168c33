import { createHash } from 'node:crypto';
import { encodeTime } from 'ulid';
import type { Context } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import type { Who } from '#shared/events/on-behalf.ts';
import type { Subscriber } from '#shared/events/subscriber.ts';
import type { TaskMessage } from '#shared/events/task.ts';
import type { Sender } from '#shared/ocpp/receive.ts';
import type { TestContext } from '#test/support/context.ts';
import { RewindableTable } from '#test/support/faults/rewindable-table.ts';
import {
  type Fault,
  Wire,
  wiredAuthority,
  wiredFiles,
  wiredSender,
  wiredTable,
} from '#test/support/faults/wire.ts';
import type { Change } from '#test/support/isolation/undoable-table.ts';
import { RecordingSender } from '#test/support/recording-sockets.ts';
import { pendingTasks } from '#test/support/settle.ts';

/** One run of a handler. */
export interface Unit {
  readonly kind: string;
  readonly wire: Wire;
}
/** The one fault of a run: in which unit, counted from the beginning of its step, and where in it. */
export interface Plan extends Fault {
  readonly unit: number;
}
export interface Done<T> {
  /** Undefined where it failed, or nobody heard of it. */
  readonly value?: T;
  readonly ok: boolean;
  readonly wire: Wire;
}
export interface Waiting {
  readonly event: EventEnvelope;
  readonly to: Subscriber;
}

/** What the machine holds beside its table. */
interface State {
  tasks: TaskMessage[];
  events: Waiting[];
  /** How far in the stream each reader has come. */
  read: Record<string, number>;
  /** Calls to chargers that they have looked at. */
  heard: number;
  made: number;
  keys: number;
  now: number;
  senders: Map<string, Sender>;
}

/** All that was seen outside since the last mark. */
export interface Outside {
  readonly ocpp: RecordingSender;
  readonly live: RecordingSender;
  readonly posts: EventEnvelope[];
  readonly told: string[];
  /** What went wrong beside the fault. */
  readonly wrong: string[];
}

const FIRST_ID = 1_000_000;

/**
 * What handlers run in: a table and all else they reach, counted. One call of one unit can be made to
 * fail, and all can be put back to where a mark was set.
 */
export class Processes {
  readonly base: TestContext;
  readonly table: RewindableTable;
  units: Unit[] = [];
  plan: Plan | undefined;
  outside: Outside;
  protected state: State;
  readonly #marked: { state: State; gone: string[][]; stream: number }[] = [];

  constructor(base: TestContext, senders: readonly Sender[]) {
    this.base = base;
    this.table = new RewindableTable(base.table);
    this.state = {
      tasks: [...pendingTasks(base)],
      events: [],
      read: {},
      heard: 0,
      made: FIRST_ID,
      keys: 0,
      now: base.now().getTime(),
      senders: new Map(senders.map((sender) => [sender.connectionId, sender])),
    };
    this.outside = this.#anew([[...base.sockets.ocpp.gone], [...base.sockets.live.gone]]);
  }

  get pending(): readonly TaskMessage[] {
    return this.state.tasks;
  }
  now = (): Date => this.base.now();
  /** A key that no other request has. */
  newKey = (): string => `key-${++this.state.keys}`;

  tick(ms: number): void {
    this.base.tick(ms);
  }
  plug(sender: Sender): void {
    this.state.senders.set(sender.connectionId, sender);
  }
  unplug(connectionId: string): void {
    this.state.senders.delete(connectionId);
    this.outside.ocpp.gone.add(connectionId);
  }

  mark(): void {
    this.table.mark();
    const gone = [[...this.outside.ocpp.gone], [...this.outside.live.gone]];
    this.state.now = this.now().getTime();
    this.#marked.push({ state: this.#copied(), gone, stream: this.table.stream.length });
    this.#begin(gone);
  }

  async rewind(): Promise<void> {
    const mark = this.#marked.at(-1);
    if (!mark) throw new Error('There is no mark');
    await this.table.rewind();
    this.table.stream.length = mark.stream;
    this.state = mark.state;
    this.state = this.#copied();
    this.tick(mark.state.now - this.now().getTime());
    this.#begin(mark.gone);
  }

  unmark(): void {
    this.table.unmark();
    this.#marked.pop();
  }

  readonly #copied = (): State => ({
    ...this.state,
    tasks: [...this.state.tasks],
    events: [...this.state.events],
    read: { ...this.state.read },
    senders: new Map(this.state.senders),
  });

  #begin(gone: string[][]): void {
    this.units = [];
    this.plan = undefined;
    this.state.heard = 0;
    this.outside = this.#anew(gone);
  }

  #anew([ocpp = [], live = []]: string[][]): Outside {
    const outside = { ocpp: new RecordingSender(), live: new RecordingSender() };
    for (const id of ocpp) outside.ocpp.gone.add(id);
    for (const id of live) outside.live.gone.add(id);
    return { ...outside, posts: [], told: [], wrong: [] };
  }

  /** Runs a handler as a process of its own. */
  async run<T>(
    kind: string,
    work: (within: (who: Partial<Who>) => Context, wire: Wire) => Promise<T>,
  ): Promise<Done<T>> {
    const fault = this.plan?.unit === this.units.length ? this.plan : undefined;
    const wire = new Wire(fault);
    this.units.push({ kind, wire });
    let value: T | undefined;
    let ok = false;
    try {
      value = await work((who) => this.#context(who, wire), wire);
      ok = !wire.isDead;
    } catch (error) {
      // What comes after a fault may fail once more, as long as it comes to its end.
      if (!this.plan) this.outside.wrong.push(`${kind}: ${error}`);
    }
    if (wire.wasHit) await wire.quiet();
    return ok ? { ok, wire, value: value as T } : { ok, wire };
  }

  #context(who: Partial<Who>, wire: Wire): Context {
    const base = { ...this.base, ...who };
    const { traffic } = base;
    return {
      ...base,
      table: wiredTable(wire, this.table),
      sockets: {
        ocpp: wiredSender(wire, 'ocpp', this.outside.ocpp),
        live: wiredSender(wire, 'live', this.outside.live),
      },
      files: wiredFiles(wire, base.files),
      ca: wiredAuthority(wire, base.ca),
      traffic: {
        append: () => wire.pass('append traffic', async () => {}),
        newest: traffic.newest.bind(traffic),
      },
      newId: (prefix) => `${prefix}_${encodeTime(this.now().getTime())}${this.#next(16)}`,
      newSecret: (bytes) =>
        createHash('shake256', { outputLength: bytes }).update(this.#next(1)).digest('base64url'),
    };
  }
  readonly #next = (digits: number): string => String(++this.state.made).padStart(digits, '0');

  changes = (): Promise<Change[]> => this.table.changes();
  sender(connectionId: string): Sender {
    const sender = this.state.senders.get(connectionId);
    if (!sender) throw new Error(`Nobody at ${connectionId}`);
    return sender;
  }
  senderOf(chargerId: string): Sender {
    const mine = [...this.state.senders.values()].filter((one) => one.chargerId === chargerId);
    const [sender] = mine.slice(-1);
    if (!sender) throw new Error(`${chargerId} is not there`);
    return sender;
  }
}
