import { accessOf } from '#simulator/access.ts';
import { backoffMs } from '#simulator/backoff.ts';
import type { ChargerState } from '#simulator/charger-state.ts';
import { type Connection, openConnection } from '#simulator/connection.ts';
import { performEffect } from '#simulator/effects/perform-effect.ts';
import type { Happening } from '#simulator/input.ts';
import { draw } from '#simulator/physics/random.ts';
import { settingNumber } from '#simulator/settings.ts';
import type { SimulatorOptions } from '#simulator/simulator-options.ts';
import { snapshotOf } from '#simulator/snapshot.ts';
import { dialectOf, step } from '#simulator/step.ts';
import { Stopwatch } from '#simulator/stopwatch.ts';
import type { Output } from '#simulator/turn.ts';
import { Waiters } from '#simulator/waiters.ts';

const LONGEST_TIMER_MS = 2_000_000_000;
const CLOSE_PATIENCE_MS = 1000;
/** What a refused handshake says. */
const UNAUTHORIZED = '401';

const wantsConnection = ({ network, reboot }: ChargerState): boolean =>
  network && reboot?.phase !== 'down';

/** Runs the pure charger against the world: a clock, timers and a socket. */
export class Runner {
  state: ChargerState;
  readonly waiters = new Waiters();
  readonly #options: SimulatorOptions;
  readonly #now: () => number;
  readonly #log: (message: string) => void;
  readonly #stopwatch: Stopwatch;
  readonly #jitter: { random: number };
  #connection: Connection | null = null;
  #wake: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #pings: NodeJS.Timeout | undefined;
  /** Connections given up that are still open, of a charger that leaves them so. */
  readonly #ghosts = new Set<Connection>();
  #failures = 0;
  #refusals = 0;
  #isClosed = false;

  constructor(state: ChargerState, options: SimulatorOptions) {
    this.state = state;
    this.#options = options;
    this.#now = options.clock ?? Date.now;
    this.#log = options.log ?? (() => {});
    this.#stopwatch = new Stopwatch(options.observe);
    this.#jitter = { random: state.options.seed };
  }

  /** Takes one happening, saves what came of it, and only then lets the world see it. */
  feed(happening: Happening): void {
    if (this.#isClosed) return;
    const { state, outputs } = step(this.state, { ...happening, at: this.#now() });
    this.state = state;
    this.#options.save?.(snapshotOf(state));
    clearTimeout(this.#wake);
    for (const output of outputs) this.#perform(output);
    this.#reconcile();
    this.waiters.check(state);
  }

  #perform(output: Output): void {
    switch (output.type) {
      case 'send':
        if (output.call) this.#stopwatch.started(output.call.id);
        this.#options.onFrame?.('sent', output.text);
        this.#connection?.send(output.text);
        return;
      case 'send_binary':
        this.#connection?.send(output.bytes);
        return;
      case 'settled':
        this.#stopwatch.settled(output);
        return;
      case 'hang_up':
        this.#leave(this.#forgetConnection(), output.abrupt);
        return;
      case 'wake':
        this.#setWake(output.at);
        return;
      default:
        performEffect(output).then((result) => this.feed(result));
    }
  }

  /** Hangs up, at once or when a ghost has been about for long enough. */
  #leave(connection: Connection | null, abrupt: boolean): void {
    const { oldSocketMs } = this.state.misbehave;
    if (!connection || oldSocketMs === undefined) {
      connection?.hangUp(abrupt);
      return;
    }
    this.#ghosts.add(connection);
    const end = setTimeout(() => connection.hangUp(abrupt), oldSocketMs);
    end.unref();
  }

  #setWake(at: number): void {
    const wait = Math.min(LONGEST_TIMER_MS, Math.max(0, at - this.#now()));
    this.#wake = setTimeout(() => this.feed({ type: 'tick' }), wait);
  }

  /** Brings the connection into line with what the charger wants. */
  #reconcile(): void {
    const wanted = wantsConnection(this.state) && !this.#isClosed;
    if (!wanted) {
      clearTimeout(this.#retry);
      this.#retry = undefined;
    } else if (!this.#connection && !this.#retry) this.#connectSoon();
  }

  #connectSoon(): void {
    const wait = backoffMs(this.#failures, draw(this.#jitter), this.#options.firstRetryMs);
    this.#retry = setTimeout(() => this.connect(), wait);
  }

  connect(): void {
    this.#retry = undefined;
    if (this.#connection || this.#isClosed || !wantsConnection(this.state)) return;
    const retries = { failures: this.#failures, refusals: this.#refusals };
    const connection = openConnection({
      ...accessOf(this.state, this.#options, retries),
      identity: this.state.spec.identity,
      onOpen: () => this.#opened(connection),
      onText: (text) => this.#heard(connection, text),
      onClose: (reason) => this.#lost(connection, reason),
    });
    this.#connection = connection;
  }

  #opened(connection: Connection): void {
    if (connection !== this.#connection) return;
    const reader = { state: this.state, dialect: dialectOf(this.state) };
    const pingSeconds = settingNumber(reader, 'pingSeconds');
    if (pingSeconds > 0) this.#pings = setInterval(connection.ping, pingSeconds * 1000);
    this.#log('connected');
    this.feed({ type: 'connected' });
  }

  #heard(connection: Connection, text: string): void {
    if (connection !== this.#connection) return;
    this.#failures = 0;
    this.#refusals = 0;
    this.#options.onFrame?.('received', text);
    this.feed({ type: 'frame', text });
  }

  #lost(connection: Connection, reason: string): void {
    this.#ghosts.delete(connection);
    if (connection !== this.#connection) return;
    this.#forgetConnection();
    this.#failures += 1;
    if (reason.includes(UNAUTHORIZED)) this.#refusals += 1;
    this.#log(`disconnected: ${reason}`);
    this.feed({ type: 'disconnected' });
  }

  #forgetConnection(): Connection | null {
    const connection = this.#connection;
    this.#connection = null;
    clearInterval(this.#pings);
    this.#stopwatch.reset();
    return connection;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    const connection = this.#forgetConnection();
    this.feed({ type: 'disconnected' });
    this.#isClosed = true;
    clearTimeout(this.#wake);
    clearTimeout(this.#retry);
    this.waiters.giveUp(`${this.state.spec.identity} was closed`);
    const open = [...this.#ghosts, ...(connection ? [connection] : [])];
    await Promise.all(open.map((one) => one.close(CLOSE_PATIENCE_MS)));
  }
}
