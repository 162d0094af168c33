import type { MeteredWorld } from '#bench/units/metered-world.ts';
import { admitCharger } from '#shared/chargers/admit-charger.ts';
import { connected, disconnected } from '#shared/chargers/connectivity.ts';
import type { Context } from '#shared/core/context.ts';
import type { Reading } from '#shared/db/metered-table.ts';
import { receive } from '#shared/ocpp/receive.ts';
import { noQuirks } from '#shared/ocpp/repair/known-quirks.ts';

export type Version = '1.6' | '2.0.1';

type Frame = readonly [2, string, string, object];

/** What handling a call cost, and what it was answered. */
export interface Said {
  readonly reading: Reading;
  readonly answer: unknown;
}

type Payload = Readonly<Record<string, unknown>>;
/** What a charger answers, by the action it is asked for; where none is named, that it accepts. */
export type Answers = Readonly<Record<string, object | ((asked: Payload) => object)>>;

let sockets = 0;

/** A charger's end of the socket, in frames, with every frame counted. */
export class MeteredCharger {
  readonly id: string;
  readonly version: Version;
  readonly #world: MeteredWorld;
  #connectionId = '';
  #calls = 0;
  #last: Frame | undefined;
  readonly #answered = new Set<unknown>();

  constructor(world: MeteredWorld, id: string, version: Version) {
    this.id = id;
    this.version = version;
    this.#world = world;
  }

  /** Its last socket ends, if it had one, and a new one opens: `$disconnect`, authorizer, `$connect`. */
  async connect(): Promise<void> {
    const before = this.#connectionId;
    this.#connectionId = `socket-${++sockets}`;
    const knock = {
      identity: this.id,
      credentials: undefined,
      secure: false,
      certificate: undefined,
      remoteIp: '203.0.113.7',
    };
    const ctx = this.#context();
    if (before) await this.#world.run('ocpp/disconnect', () => disconnected(ctx, this.id, before));
    await this.#world.run('ocpp/authorize', () => admitCharger(ctx, knock));
    await this.#world.run('ocpp/connect', () =>
      connected(ctx, {
        chargerId: this.id,
        connectionId: this.#connectionId,
        version: this.version,
        remoteIp: knock.remoteIp,
      }),
    );
  }

  /** Makes a call. */
  async say(action: string, payload: object): Promise<Said> {
    this.#last = [2, `call-${++this.#calls}`, action, payload];
    return this.#call(this.#last);
  }

  /** Makes its last call once more, as one does that has heard no answer. */
  async repeat(): Promise<Said> {
    if (!this.#last) throw new Error(`${this.id} has said nothing yet`);
    return this.#call(this.#last);
  }

  async #call(frame: Frame): Promise<Said> {
    const [, id, action] = frame;
    const { reading } = await this.#send(frame);
    const [kind, , answer] = this.#frames().findLast(([, to]) => to === id) ?? [];
    if (kind !== 3) throw new Error(`${action} was answered ${JSON.stringify([kind, answer])}`);
    return { reading, answer };
  }

  /** Answers every call it has been sent and not answered yet; the payload of the last. */
  async accept(answers: Answers = {}): Promise<unknown> {
    const calls = this.#frames().filter(([kind]) => kind === 2);
    const open = calls.filter(([, id]) => !this.#answered.has(id));
    for (const [, id, action, asked] of open) {
      this.#answered.add(id);
      const answer = answers[String(action)] ?? { status: 'Accepted' };
      await this.#send([3, id, typeof answer === 'function' ? answer(Object(asked)) : answer]);
    }
    return open.at(-1)?.[3];
  }

  /** The same, and what follows, until it is asked nothing more. */
  async acceptAll(answers: Answers = {}): Promise<void> {
    for (let asked: unknown = {}; asked !== undefined; ) {
      asked = await this.accept(answers);
      await this.#world.settle();
    }
  }

  /** What it was last asked by this action. */
  asked(action: string): Payload {
    const call = this.#frames().findLast(([kind, , name]) => kind === 2 && name === action);
    if (!call) throw new Error(`${this.id} was never asked ${action}`);
    return Object(call[3]);
  }

  #send(frame: readonly unknown[]) {
    this.#world.countFrame('ocppFrames');
    const { id: chargerId, version } = this;
    const connectionId = this.#connectionId;
    const sender = {
      chargerId,
      identity: chargerId,
      connectionId,
      version: `ocpp${version}`,
      registered: true,
      // As its authorizer finds: a make without quirks, known since its first boot.
      quirks: noQuirks,
    } as const;
    const text = JSON.stringify(frame);
    return this.#world.run('ocpp/message', () => receive(this.#context(), sender, text));
  }

  #frames(): unknown[][] {
    const mine = this.#world.sent.ocpp.filter((f) => f.connectionId === this.#connectionId);
    return mine.map(({ json }) => (Array.isArray(json) ? json : []));
  }

  #context(): Context {
    return this.#world.context({
      actor: { kind: 'charger', id: this.id },
      cause: {
        type: 'charger_message',
        ref: 'message',
        request_id: null,
        idempotency_key: null,
        actor: null,
      },
    });
  }
}
