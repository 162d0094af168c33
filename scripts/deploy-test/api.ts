import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Where requests go, and by which headers they are known there. */
export interface Door {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The deployed API, over real HTTP. Not `fetch`, which sets Host by itself. */
export class Api {
  readonly #door: Door;
  readonly #key: string;

  constructor(door: Door, key: string) {
    this.#door = door;
    this.#key = key;
  }

  get host(): string {
    return this.#door.headers['Host'] ?? new URL(this.#door.base).host;
  }

  with = (key: string) => new Api(this.#door, key);
  through = (door: Door) => new Api(door, this.#key);

  get = (path: string) => this.#send('GET', path);

  post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    this.#send('POST', path, JSON.stringify(body), headers);

  #send(
    method: string,
    path: string,
    body?: string,
    own: Record<string, string> = {},
  ): Promise<Answer> {
    const headers = {
      ...this.#door.headers,
      ...own,
      Authorization: `Bearer ${this.#key}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    return new Promise((resolve, reject) => {
      const call = request(`${this.#door.base}${path}`, { method, headers, timeout: 30_000 });
      call.once('timeout', () => call.destroy(new Error(`No answer to ${method} ${path}`)));
      call.once('error', reject);
      call.once('response', (response) => {
        const { statusCode = 0, headers: answered } = response;
        text(response).then(
          (said) => resolve({ status: statusCode, headers: answered, body: parsed(said) }),
          reject,
        );
      });
      call.end(body);
    });
  }
}

const JsonObject = z.record(z.string(), z.unknown());

/** Gateways answer some refusals with a page; it is told as it is. */
function parsed(said: string): Record<string, unknown> {
  try {
    return JsonObject.parse(JSON.parse(said));
  } catch {
    return { said };
  }
}
