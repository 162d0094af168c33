import { afterAll, beforeAll, expect } from 'vitest';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import type { ChargerState } from '#simulator/charger-state.ts';
import { type Simulator, startSimulator } from '#simulator/client.ts';
import type { SimulatorOptions } from '#simulator/simulator-options.ts';
import type { ApiClient } from '#test/support/api-client.ts';
import { ChargerDesk } from '#test/support/charger-desk.ts';
import { eventually } from '#test/support/eventually.ts';
import { FileHost, type FileHostOptions } from '#test/support/file-host.ts';

/** A simulator that loses no time, unless told to. */
export const PROMPT = {
  ...{ seed: 7, speed: 120, plugInDelayMs: 0, unplugDelayMs: 100, rebootMs: 50 },
  ...{ firstRetryMs: 50, firmwareStageMs: 20 },
} as const;

export interface StageOptions extends Omit<SimulatorOptions, 'url'>, FileHostOptions {}

/** The platform and one simulated charger on a real socket, for all the tests of a file, in their order. */
export class Stage extends ChargerDesk {
  readonly charger: ChargerSpec;
  readonly host: FileHost;
  readonly #options: StageOptions;
  #simulator: Simulator | undefined;

  constructor(options: StageOptions) {
    super();
    this.#options = options;
    this.charger = options.charger;
    this.host = new FileHost(options);
  }

  get id(): string {
    return this.charger.identity;
  }

  get api(): ApiClient {
    return this.host.api;
  }

  get simulator(): Simulator {
    if (!this.#simulator) throw new Error('Nobody plays');
    return this.#simulator;
  }

  async raise(): Promise<void> {
    await this.host.start();
    this.#simulator = startSimulator({ ...PROMPT, ...this.#options, url: this.host.ocpp });
    await this.#simulator.whenOnline();
    await eventually(async () =>
      expect((await this.read()).connectors).toHaveLength(this.charger.connectors.length),
    );
    await this.api.whenFree(this.id);
  }

  async drop(): Promise<void> {
    await this.#simulator?.close();
    await this.host.close();
  }

  /** Resolves when this holds of the simulator. */
  until(holds: (state: ChargerState) => boolean): Promise<void> {
    return eventually(() => {
      const state = this.simulator.state();
      expect(holds(state), JSON.stringify(state)).toBe(true);
    }, 10_000);
  }
}

/** A stage whose curtain rises before the tests of this file, and drops after them. */
export function aStage(options: StageOptions): Stage {
  const stage = new Stage(options);
  beforeAll(() => stage.raise(), 20_000);
  afterAll(() => stage.drop(), 20_000);
  return stage;
}
