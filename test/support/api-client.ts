import * as z from 'zod';
import { CdrView } from '#shared/cdrs/cdr-view.ts';
import { ChargerView } from '#shared/chargers/charger.ts';
import { listOf } from '#shared/http/list.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import { eventually } from '#test/support/eventually.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty where the answer is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

interface Asked {
  /** Sent as JSON; a string goes out as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const Body = z.record(z.string(), z.unknown());
const Cdrs = listOf('cdrs', CdrView);

/** A program that uses the REST API over HTTP with a key of its own. */
export class ApiClient {
  readonly #base: string;
  readonly #key: string;

  constructor({ api, api_key }: { readonly api: string; readonly api_key: string }) {
    this.#base = api;
    this.#key = api_key;
  }

  async ask(method: string, path: string, { body, headers = {} }: Asked = {}): Promise<Answer> {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const answer = await fetch(this.#base + path, {
      method,
      headers: {
        Authorization: `Bearer ${this.#key}`,
        ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    const said = await answer.text();
    const { status } = answer;
    return { status, headers: answer.headers, body: isJson ? Body.parse(JSON.parse(said)) : {} };
  }

  /** The answer, in its shape. Throws where it is a refusal. */
  async get<S extends z.ZodType>(path: string, shape: S): Promise<z.output<S>> {
    return this.#must(shape, 'GET', path);
  }

  post<S extends z.ZodType>(path: string, body: unknown, shape: S): Promise<z.output<S>> {
    return this.#must(shape, 'POST', path, { body });
  }

  patch<S extends z.ZodType>(path: string, body: unknown, shape: S): Promise<z.output<S>> {
    return this.#must(shape, 'PATCH', path, { body });
  }

  session(id: string): Promise<SessionView> {
    return this.get(`/v1/sessions/${id}`, SessionView);
  }

  startSession(body: object): Promise<SessionView> {
    return this.post('/v1/sessions', body, SessionView);
  }

  stopSession(id: string): Promise<SessionView> {
    return this.#must(SessionView, 'DELETE', `/v1/sessions/${id}`);
  }

  /** The session as soon as it is as wanted. */
  sessionWhen(id: string, wanted: (session: SessionView) => boolean): Promise<SessionView> {
    return eventually(async () => {
      const session = await this.session(id);
      if (!wanted(session)) throw new Error(`Not as wanted: ${JSON.stringify(session)}`);
      return session;
    });
  }

  /** Waits until a charger is online and all its connectors are free. */
  whenFree(chargerId: string): Promise<void> {
    return eventually(async () => {
      const { status, connectors } = await this.get(`/v1/chargers/${chargerId}`, ChargerView);
      const busy = connectors.some((connector) => connector.status !== 'Available');
      if (status !== 'available' || busy) throw new Error(`${chargerId} is ${status}`);
    });
  }

  /** The session when it has ended and its CDR is there. */
  settled(id: string): Promise<SessionView> {
    return this.sessionWhen(id, ({ status, cdr }) => status === 'ended' && cdr !== null);
  }

  async cdrsOf(sessionId: string): Promise<CdrView[]> {
    return (await this.get(`/v1/cdrs?session_id=${sessionId}`, Cdrs)).cdrs;
  }

  async #must<S extends z.ZodType>(
    shape: S,
    method: string,
    path: string,
    asked: Asked = {},
  ): Promise<z.output<S>> {
    const { status, body } = await this.ask(method, path, asked);
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    return shape.parse(body);
  }
}
