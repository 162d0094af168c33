import { createRPCError, RPCClient } from 'ocpp-rpc';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { eventually } from '#test/support/eventually.ts';

export interface AskedOfCharger {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const Payload = z.record(z.string(), z.unknown());

/**
 * A charger built on the public client `ocpp-rpc` in strict mode: it checks every message, in both
 * directions, against the schemas of the Open Charge Alliance.
 */
export class PublicCharger {
  /** What the platform asked of it, oldest first. */
  readonly asked: AskedOfCharger[] = [];
  /** What either side said that is against the schemas. */
  readonly violations: unknown[] = [];
  readonly #client: RPCClient;

  constructor(client: RPCClient) {
    this.#client = client;
    client.handle(({ method = '', params = {} }) => {
      this.asked.push({ method, params });
      throw createRPCError('NotImplemented');
    });
    client.on('strictValidationFailure', (failure) => this.violations.push(failure));
  }

  get protocol(): string | undefined {
    return this.#client.protocol;
  }

  connect(): Promise<void> {
    return this.#client.connect();
  }

  /** How it answers an action from now on; otherwise it implements none. */
  answers(action: string, reply: (params: Readonly<Record<string, unknown>>) => object): void {
    this.#client.handle(action, async ({ params = {} }) => {
      this.asked.push({ method: action, params });
      return { ...reply(params) };
    });
  }

  /** Calls the platform; its answer. Throws where that is an error. */
  async say(action: string, payload: object): Promise<Readonly<Record<string, unknown>>> {
    return Payload.parse(await this.#client.call(action, payload));
  }

  /** The call of this action, once it has come. */
  hears(action: string): Promise<AskedOfCharger['params']> {
    return eventually(() => {
      const call = this.asked.find(({ method }) => method === action);
      if (!call) throw new Error(`Nobody asked for ${action}`);
      return call.params;
    });
  }

  /** Its socket ends without a word. */
  async vanish(): Promise<void> {
    await this.#client.close({ force: true });
  }
}

export interface PublicChargerOptions {
  /** The endpoint, without the identity. */
  readonly url: string;
  readonly identity: string;
  readonly protocol: 'ocpp1.6' | 'ocpp2.0.1';
  readonly password?: string;
}

/** Its declarations want every option. It connects once and is strict; all else is as it comes. */
const plain = {
  strictMode: true,
  strictModeValidators: [],
  reconnect: false,
  maxReconnects: 0,
  backoff: { initialDelay: 1000, maxDelay: 10_000, factor: 2, randomisationFactor: 0.25 },
  callTimeoutMs: 10_000,
  pingIntervalMs: 30_000,
  deferPingsOnActivity: false,
  respondWithDetailedErrors: false,
  callConcurrency: 1,
  maxBadMessages: Number.POSITIVE_INFINITY,
  wsOpts: {},
  headers: {},
};

/** Made, not connected; gone with the test. */
export function aPublicCharger(options: PublicChargerOptions): PublicCharger {
  const { url, identity, protocol, password } = options;
  const client = new RPCClient({
    ...plain,
    endpoint: url,
    identity,
    protocols: [protocol],
    password: password ?? null,
  });
  onTestFinished(async () => void (await client.close({ force: true })));
  return new PublicCharger(client);
}
