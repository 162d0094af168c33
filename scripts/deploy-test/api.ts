import * as z from 'zod';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The deployed API, over real HTTP. */
export class Api {
  readonly #base: string;
  readonly #key: string;

  constructor(base: string, key: string) {
    this.#base = base;
    this.#key = key;
  }

  with = (key: string) => new Api(this.#base, key);

  get = (path: string) => this.#send('GET', path);

  post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    this.#send('POST', path, body, headers);

  async #send(method: string, path: string, body?: unknown, headers = {}): Promise<Answer> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: z.record(z.string(), z.unknown()).parse(await response.json()),
    };
  }
}
