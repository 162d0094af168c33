import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import * as z from 'zod';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { eventually } from '#test/support/eventually.ts';

const Snapshot = z.array(z.record(z.string(), z.unknown()));

/** What the server says on the live stream, as its document has it. */
const LiveFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    connection_id: z.string(),
    server_time: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    topics: z.array(z.string()),
    snapshot: Snapshot,
  }),
  z.object({ type: z.literal('snapshot'), snapshot: Snapshot }),
  z.object({ type: z.literal('event'), seq: z.int(), event: EventEnvelope }),
  z.object({ type: z.literal('gap'), after: z.string() }),
  z.object({ type: z.literal('reconnect'), url: z.string().nullable() }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('pong'), server_time: z.iso.datetime() }),
]);
type LiveFrame = z.infer<typeof LiveFrame>;
type Kind = LiveFrame['type'];

/** A program on the live stream. A frame that is not of the protocol fails whoever waits next. */
export class LiveClient {
  /** Every frame that came, in order. */
  readonly frames: LiveFrame[] = [];
  readonly #socket: WebSocket;
  #closedWith: number | undefined;
  #failure: unknown;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      try {
        this.frames.push(LiveFrame.parse(JSON.parse(String(data))));
      } catch (error) {
        this.#failure = error;
      }
    });
    socket.on('close', (code) => {
      this.#closedWith = code;
    });
  }

  /** The events so far, in the order in which they came. */
  get events(): EventEnvelope[] {
    return this.frames.flatMap((frame) => (frame.type === 'event' ? [frame.event] : []));
  }

  /** The numbers of the events so far. */
  get numbers(): number[] {
    return this.frames.flatMap((frame) => (frame.type === 'event' ? [frame.seq] : []));
  }

  ofType(type: string): EventEnvelope[] {
    return this.events.filter((event) => event.type === type);
  }

  send(frame: object | string): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The last frame of a kind, once there are so many. */
  frame<K extends Kind>(kind: K, count = 1): Promise<Extract<LiveFrame, { type: K }>> {
    const isKind = (frame: LiveFrame): frame is Extract<LiveFrame, { type: K }> =>
      frame.type === kind;
    return eventually(() => {
      this.#orThrow();
      const found = this.frames.filter(isKind);
      const last = found.at(-1);
      if (!last || found.length < count) throw new Error(`${found.length} ${kind} frames`);
      return last;
    });
  }

  /** The first event that is wanted, once it has come. */
  event(type: string, wanted: (event: EventEnvelope) => boolean = () => true) {
    return eventually(() => {
      this.#orThrow();
      const event = this.ofType(type).find(wanted);
      if (!event) throw new Error(`No such ${type} among ${this.events.map((e) => e.type)}`);
      return event;
    });
  }

  /** The code its socket is closed with. */
  closed(): Promise<number> {
    return eventually(() => {
      if (this.#closedWith === undefined) throw new Error('Still open');
      return this.#closedWith;
    });
  }

  /** Its socket ends without a word. */
  drop(): void {
    this.#socket.terminate();
  }

  #orThrow(): void {
    if (this.#failure) throw this.#failure;
  }
}

/** Connects to a live URL; gone with the test. */
export async function aLiveClient(url: string): Promise<LiveClient> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const client = new LiveClient(socket);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return client;
}
