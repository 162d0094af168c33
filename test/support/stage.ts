import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type * as z from 'zod';
import { type Host, type HostOptions, startHost } from '#local/host.ts';
import { sandbox } from '#local/sandbox.ts';
import { ChargerView } from '#shared/chargers/charger.ts';
import { Command } from '#shared/commands/command.ts';
import { ConfigurationItem } from '#shared/configuration/variable.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { listOf } from '#shared/http/list.ts';
import { OcppMessage } from '#shared/ocpp-log/ocpp-message.ts';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import type { ChargerState } from '#simulator/charger-state.ts';
import { type Simulator, startSimulator } from '#simulator/client.ts';
import type { SimulatorOptions } from '#simulator/simulator-options.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { RecordingLog } from '#test/support/recording-log.ts';

const Messages = listOf('messages', OcppMessage);
type MessagePage = z.output<typeof Messages>;
const Events = listOf('events', EventEnvelope);
const Configuration = listOf('configuration', ConfigurationItem).loose();

/** A simulator that loses no time, unless told to. */
export const PROMPT = {
  ...{ seed: 7, speed: 120, plugInDelayMs: 0, unplugDelayMs: 100, rebootMs: 50 },
  ...{ firstRetryMs: 50, firmwareStageMs: 20 },
} as const;

export interface StageOptions extends Omit<SimulatorOptions, 'url'> {
  readonly host?: Partial<HostOptions>;
  /** What is done to the data folder before the host starts. */
  readonly prepare?: (dataDir: string) => Promise<void>;
}

/** The platform and one simulated charger on a real socket, for all the tests of a file, in their order. */
export class Stage {
  readonly charger: ChargerSpec;
  /** What the host has logged. */
  readonly log = new RecordingLog();
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'magma-stage-'));
  readonly #options: StageOptions;
  #host: Host | undefined;
  #simulator: Simulator | undefined;

  constructor(options: StageOptions) {
    this.#options = options;
    this.charger = options.charger;
  }

  get id(): string {
    return this.charger.identity;
  }

  get host(): Host {
    if (!this.#host) throw new Error('The curtain is down');
    return this.#host;
  }

  get simulator(): Simulator {
    if (!this.#simulator) throw new Error('Nobody plays');
    return this.#simulator;
  }

  get api(): ApiClient {
    return new ApiClient({ api: this.host.api, api_key: sandbox.apiKey });
  }

  async raise(): Promise<void> {
    const { host = {}, prepare, ...options } = this.#options;
    await prepare?.(this.#dataDir);
    const own = { port: 0, dataDir: this.#dataDir, simulators: false, log: this.log };
    this.#host = await startHost({ ...own, ...host });
    this.#simulator = startSimulator({ ...PROMPT, ...options, url: this.#host.ocpp });
    await this.#simulator.whenOnline();
    await eventually(async () =>
      expect((await this.read()).connectors).toHaveLength(this.charger.connectors.length),
    );
    await this.api.whenFree(this.id);
  }

  async drop(): Promise<void> {
    await this.#simulator?.close();
    await this.#host?.close();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** Resolves when this holds of the simulator. */
  until(holds: (state: ChargerState) => boolean): Promise<void> {
    return eventually(() => {
      const state = this.simulator.state();
      expect(holds(state), JSON.stringify(state)).toBe(true);
    }, 10_000);
  }

  path = (rest = '') => `/v1/chargers/${this.id}${rest}`;

  /** The charger as the platform shows it. */
  read(): Promise<ChargerView> {
    return this.api.get(this.path(), ChargerView);
  }

  /** A setting as the platform knows it. */
  async setting(name: string, component: string | null = null) {
    const query = `?name=${name}${component ? `&component=${component}` : ''}`;
    const { configuration } = await this.api.get(
      this.path(`/configuration${query}`),
      Configuration,
    );
    return configuration.find((item) => item.name === name);
  }

  /** A call of the API about this charger, waited for: the command it became, ended. */
  async command(rest: string, body: object = {}, method = 'POST'): Promise<Command> {
    const headers = { Prefer: 'wait=15' };
    const answer = await this.api.ask(method, this.path(rest), { body, headers });
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
    return Command.parse(answer.body);
  }

  raw(action: string, payload: object): Promise<Command> {
    return this.command('/commands/raw', { action, payload });
  }

  /** The command, as soon as it has ended. */
  ended(id: string): Promise<Command> {
    return eventually(async () => {
      const command = await this.api.get(`/v1/commands/${id}`, Command);
      expect(command.completed_at).not.toBeNull();
      return command;
    });
  }

  async #events(type: string): Promise<EventEnvelope[]> {
    const path = `/v1/events?types=${type}&charger_id=${this.id}&limit=100`;
    return (await this.api.get(path, Events)).events;
  }

  /** How many events of this type there have been. */
  async countOf(type: string): Promise<number> {
    return (await this.#events(type)).length;
  }

  /** The newest event of this type whose object has these in it, once it is there. */
  event(type: string, like: object = {}): Promise<EventEnvelope> {
    return eventually(async () => {
      const events = await this.#events(type);
      const found = events.find((event) => isLike(event.data.object, like));
      expect(found, `${type} in ${JSON.stringify(events)}`).toBeDefined();
      return EventEnvelope.parse(found);
    });
  }

  /** The log of frames, newest first: of this action alone, where one is given. */
  async messages(action?: string): Promise<OcppMessage[]> {
    const messages: OcppMessage[] = [];
    const query = action ? `&action=${action}` : '';
    for (let cursor: string | null = ''; cursor !== null; ) {
      const more: string = cursor && `&cursor=${cursor}`;
      const path = this.path(`/ocpp-messages?limit=100${query}${more}`);
      const page: MessagePage = await this.api.get(path, Messages);
      messages.push(...page.messages);
      cursor = page.next_cursor;
    }
    return messages;
  }
}

/** A stage whose curtain rises before the tests of this file, and drops after them. */
export function aStage(options: StageOptions): Stage {
  const stage = new Stage(options);
  beforeAll(() => stage.raise(), 20_000);
  afterAll(() => stage.drop(), 20_000);
  return stage;
}

/** Whether `value` has in it at least what `like` has. */
export function isLike(value: unknown, like: object): boolean {
  try {
    expect(value).toMatchObject(like);
    return true;
  } catch {
    return false;
  }
}
