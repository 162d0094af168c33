import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Host, type HostOptions, startHost } from '#local/host.ts';
import { sandbox } from '#local/sandbox.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { ChargerDesk } from '#test/support/charger-desk.ts';
import { RecordingLog } from '#test/support/recording-log.ts';

export interface FileHostOptions {
  readonly hosting?: Partial<HostOptions>;
  /** What is done to the data folder before the host starts. */
  readonly prepare?: (dataDir: string) => Promise<void>;
}

/** The local host in this process, for all the tests of a file. */
export class FileHost {
  /** What it has logged. */
  readonly log = new RecordingLog();
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'magma-test-'));
  readonly #options: FileHostOptions;
  #host: Host | undefined;

  constructor(options: FileHostOptions) {
    this.#options = options;
  }

  get #running(): Host {
    if (!this.#host) throw new Error('It does not run');
    return this.#host;
  }

  /** Where chargers come in, without their identity. */
  get ocpp(): string {
    return this.#running.ocpp;
  }

  /** The same over TLS, where it speaks that. */
  get tls(): NonNullable<Host['tls']> {
    const { tls } = this.#running;
    if (!tls) throw new Error('It speaks no TLS');
    return tls;
  }

  get api(): ApiClient {
    return new ApiClient({ api: this.#running.api, api_key: sandbox.apiKey });
  }

  /** The desk of one charger. */
  desk(id: string): ChargerDesk {
    return new Desk(this, id);
  }

  async start(): Promise<void> {
    const { hosting, prepare } = this.#options;
    await prepare?.(this.#dataDir);
    const own = { port: 0, dataDir: this.#dataDir, simulators: false, log: this.log };
    this.#host = await startHost({ ...own, ...hosting });
  }

  async close(): Promise<void> {
    await this.#host?.close();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

class Desk extends ChargerDesk {
  readonly id: string;
  readonly #host: FileHost;

  constructor(host: FileHost, id: string) {
    super();
    this.#host = host;
    this.id = id;
  }

  get api(): ApiClient {
    return this.#host.api;
  }
}

/** Runs before the tests of this file, and closes after them. */
export function aFileHost(options: FileHostOptions = {}): FileHost {
  const host = new FileHost(options);
  beforeAll(() => host.start(), 20_000);
  afterAll(() => host.close(), 20_000);
  return host;
}
