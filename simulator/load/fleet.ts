import type { ChargerSpec } from '#simulator/charger-spec.ts';
import type { ChargerState } from '#simulator/charger-state.ts';
import { type Simulator, startSimulator } from '#simulator/client.ts';
import type { LoadPlan } from '#simulator/load/arguments.ts';
import type { Latencies } from '#simulator/load/latencies.ts';

const RAMP_TICK_MS = 100;
const LAST_WORDS_MS = 5000;

const isOnline = ({ online, registration }: ChargerState): boolean =>
  online && registration === 'accepted';
const isBusy = ({ connectors }: ChargerState): boolean => connectors.some(({ session }) => session);
const isIdle = ({ connectors }: ChargerState): boolean =>
  connectors.every(({ car, grant, authorizing }) => !car && !grant && !authorizing);

/** The chargers of a load run and the drivers who come to them. */
export class Fleet {
  readonly #plan: LoadPlan;
  readonly #latencies: Latencies;
  readonly #chargers: Simulator[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Why connections were lost or never made, and how often. */
  readonly disconnects = new Map<string, number>();
  #nextToServe = 0;
  driversSent = 0;

  constructor(plan: LoadPlan, latencies: Latencies) {
    this.#plan = plan;
    this.#latencies = latencies;
  }

  start(): void {
    const { rampPerSecond, sessionsPerMinute } = this.#plan;
    const startedAt = performance.now();
    const ramp = this.#every(RAMP_TICK_MS, () => {
      const due = Math.ceil(((performance.now() - startedAt) / 1000) * rampPerSecond);
      while (this.#chargers.length < Math.min(due, this.#plan.chargers)) this.#add();
      if (this.#chargers.length === this.#plan.chargers) clearInterval(ramp);
    });
    if (sessionsPerMinute > 0) this.#every(60_000 / sessionsPerMinute, () => this.#sendDriver());
  }

  counts(): { started: number; online: number; charging: number } {
    const states = this.#chargers.map((charger) => charger.state());
    return {
      started: states.length,
      online: states.filter(isOnline).length,
      charging: states.filter(isBusy).length,
    };
  }

  /** What most connections were lost to, or never made for; undefined while all goes well. */
  trouble(): string | undefined {
    const { started, online } = this.counts();
    if (online === started) return undefined;
    const [worst] = [...this.disconnects].sort(([, a], [, b]) => b - a);
    return worst?.[0];
  }

  /** Ends every session, gives the chargers a moment to say so, and closes them all. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#chargers.map((charger) => this.#retire(charger)));
  }

  async #retire(charger: Simulator): Promise<void> {
    charger.stop();
    const patience = setTimeout(() => charger.close(), LAST_WORDS_MS);
    const saidAll = ({ online, queue, inFlight }: ChargerState): boolean =>
      !online || (queue.length === 0 && !inFlight);
    await charger.until(saidAll).catch(() => {});
    clearTimeout(patience);
    await charger.close();
  }

  #every(ms: number, work: () => void): NodeJS.Timeout {
    const timer = setInterval(work, ms);
    this.#timers.add(timer);
    return timer;
  }

  #add(): void {
    const plan = this.#plan;
    const number = this.#chargers.length + 1;
    const charger = loadCharger(plan, number);
    const interval = String(plan.meterSeconds);
    const variables =
      charger.version === '1.6'
        ? { MeterValueSampleInterval: interval, WebSocketPingInterval: '0' }
        : {
            'SampledDataCtrlr.TxUpdatedInterval': interval,
            'OCPPCommCtrlr.WebSocketPingInterval': '0',
          };
    const started = startSimulator({
      url: plan.url,
      charger,
      ...(plan.password === null ? {} : { password: plan.password }),
      seed: (plan.seed + number * 7919) % 2 ** 31,
      speed: plan.speed,
      heartbeatSeconds: plan.heartbeatSeconds,
      unplugDelayMs: 1000,
      variables,
      observe: (observation) => this.#latencies.add(observation),
      log: (message) => this.#note(message),
    });
    this.#chargers.push(started);
  }

  #note(message: string): void {
    if (!message.startsWith('disconnected')) return;
    this.disconnects.set(message, (this.disconnects.get(message) ?? 0) + 1);
  }

  /** The next driver goes to the next charger that is online and free. */
  #sendDriver(): void {
    for (let tried = 0; tried < this.#chargers.length; tried += 1) {
      const charger = this.#chargers[this.#nextToServe % this.#chargers.length];
      this.#nextToServe += 1;
      if (!charger || !isOnline(charger.state()) || !isIdle(charger.state())) continue;
      charger.plugIn();
      charger.tap(this.#plan.tag);
      this.driversSent += 1;
      const leave = setTimeout(() => {
        this.#timers.delete(leave);
        charger.unplug();
      }, this.#plan.sessionSeconds * 1000);
      this.#timers.add(leave);
      return;
    }
  }
}

/** One charger of the fleet: in a mixed one, every other speaks 2.0.1. */
function loadCharger({ prefix, version }: LoadPlan, number: number): ChargerSpec {
  const serial = String(number).padStart(4, '0');
  const alternating = number % 2 === 0 ? '2.0.1' : '1.6';
  return {
    identity: `${prefix}${serial}`,
    version: version === 'mixed' ? alternating : version,
    vendor: 'Magma',
    model: 'MX-EV-22',
    serialNumber: `MXL-${serial}`,
    firmwareVersion: '3.4.1',
    connectors: [{ id: 1, plug: 'Type2', powerKw: 22, phases: 3 }],
  };
}
