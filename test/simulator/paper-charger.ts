import type { ChosenOptions } from '#simulator/charger-options.ts';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import type { ChargerState } from '#simulator/charger-state.ts';
import type { Happening } from '#simulator/input.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import { newCharger } from '#simulator/new-charger.ts';
import { step } from '#simulator/step.ts';
import type { Output, Payload } from '#simulator/turn.ts';
import { assertSpecified } from '#test/simulator/specified.ts';

export const NOON = Date.UTC(2026, 0, 15, 12);

type Call = { id: string; action: string; payload: Payload };
type Answer = (payload: Payload) => Payload | 'error' | 'silence';

const ANSWERS: Record<string, Record<string, Answer>> = {
  '1.6': {
    BootNotification: () => ({
      status: 'Accepted',
      currentTime: '2026-01-15T12:00:00Z',
      interval: 300,
    }),
    Heartbeat: () => ({ currentTime: '2026-01-15T12:00:00Z' }),
    Authorize: () => ({ idTagInfo: { status: 'Accepted' } }),
    StartTransaction: () => ({ transactionId: 7001, idTagInfo: { status: 'Accepted' } }),
    StopTransaction: () => ({}),
  },
  '2.0.1': {
    BootNotification: () => ({
      status: 'Accepted',
      currentTime: '2026-01-15T12:00:00Z',
      interval: 300,
    }),
    Heartbeat: () => ({ currentTime: '2026-01-15T12:00:00Z' }),
    Authorize: () => ({ idTokenInfo: { status: 'Accepted' } }),
  },
};

/**
 * The pure charger with a platform of paper before it, under a clock that moves only when told.
 * Every frame the charger sends is checked against the schema of its message.
 */
export class PaperCharger {
  state: ChargerState;
  now = NOON;
  readonly sent: Call[] = [];
  readonly replies: unknown[][] = [];
  readonly outputs: Output[] = [];
  readonly answers: Record<string, Answer>;
  readonly #isLenient: boolean;
  #wakeAt: number | null = null;
  #nextId = 0;

  constructor(
    spec: ChargerSpec,
    options: ChosenOptions & {
      misbehave?: Misbehaviour;
      state?: ChargerState;
      /** Take messages that are not as their schemas say. */
      lenient?: boolean;
    } = {},
  ) {
    const { state, lenient = false, ...chosen } = options;
    this.#isLenient = lenient;
    this.state = state ?? newCharger(spec, { ...chosen, at: NOON });
    this.now = this.state.now;
    this.answers = { ...ANSWERS[spec.version] };
  }

  /** Lets something happen now; whatever the charger calls for is answered at once. */
  happens(happening: Happening): this {
    const answers = this.#step(happening).flatMap((text) => this.#hear(text) ?? []);
    for (const text of answers) this.happens({ type: 'frame', text });
    return this;
  }

  /** One step, which must leave the state it was given as it was; gives what was sent. */
  #step(happening: Happening): string[] {
    const before = JSON.stringify(this.state);
    const previous = this.state;
    const { state, outputs } = step(previous, { ...happening, at: this.now });
    if (JSON.stringify(previous) !== before) throw new Error('step changed the state it was given');
    this.state = state;
    this.#wakeAt = outputs.find((output) => output.type === 'wake')?.at ?? null;
    this.outputs.push(...outputs);
    return outputs.flatMap((output) => (output.type === 'send' ? [output.text] : []));
  }

  online(): this {
    return this.happens({ type: 'connected' });
  }

  /** Moves the clock, waking the charger as often as it asks to be woken. */
  passes(ms: number): this {
    const until = this.now + ms;
    while (this.#wakeAt !== null && this.#wakeAt <= until) {
      this.now = Math.max(this.now, this.#wakeAt);
      this.happens({ type: 'tick' });
    }
    this.now = until;
    return this.happens({ type: 'tick' });
  }

  /** Puts a call of the platform's to the charger and gives its reply. */
  call(action: string, payload: object): unknown[] {
    this.#nextId += 1;
    const id = `p${this.#nextId}`;
    this.happens({ type: 'frame', text: JSON.stringify([2, id, action, payload]) });
    const reply = this.replies.find((one) => one[1] === id) ?? [];
    if (reply[0] === 3) assertSpecified(this.state.spec.version, `${action}.conf`, reply[2]);
    return reply;
  }

  of(action: string): Payload[] {
    return this.sent.filter((call) => call.action === action).map(({ payload }) => payload);
  }

  actions(): string[] {
    return this.sent.map(({ action }) => action);
  }

  /** Takes in one frame; gives the answer to it, if there is to be one. */
  #hear(text: string): string | null {
    const frame: unknown[] = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (frame[0] !== 2) {
      this.replies.push(frame);
      return null;
    }
    const [, id, action, said] = frame;
    const payload = said ?? {};
    if (typeof id !== 'string' || typeof action !== 'string' || !isPayload(payload)) return null;
    if (!this.#isLenient) {
      assertSpecified(this.state.spec.version, `${action}.req`, payload);
    }
    this.sent.push({ id, action, payload });
    const answer = (this.answers[action] ?? (() => ({})))(payload);
    if (answer === 'silence') return null;
    return JSON.stringify(answer === 'error' ? [4, id, 'InternalError', '', {}] : [3, id, answer]);
  }
}

const isPayload = (value: unknown): value is Payload => typeof value === 'object' && value !== null;
