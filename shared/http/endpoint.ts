import type * as z from 'zod';
import type { Aggregate, Context } from '#shared/core/context.ts';
import type { ErrorCode } from '#shared/core/errors.ts';
import type { Deprecation } from '#shared/http/deprecation.ts';

type Fields = z.ZodObject | undefined;
type Schema = z.ZodType | undefined;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;
type In<S> = S extends z.ZodType ? z.input<S> : undefined;

/** A named request, with the answer it gets; both must parse against the endpoint's own schemas. */
export interface Example {
  readonly summary: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly response?: unknown;
}

/** A request as its endpoint's schemas read it. */
interface Input<P, Q, B> {
  readonly params: Out<P>;
  readonly query: Out<Q>;
  readonly body: Out<B>;
  /** The version that `If-Match` demands. */
  readonly ifMatch: number | undefined;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface EndpointSpec<
  P extends Fields,
  Q extends Fields,
  B extends Schema,
  R extends Schema,
> {
  /** The operationId; the file is its kebab-case, the folder is the tag. */
  readonly id: string;
  readonly route: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  /** One line, imperative. */
  readonly summary: string;
  /** A paragraph or more of Markdown: what it does, what to know, limits. */
  readonly description: string;
  /** `public`: no credential. `any`: any valid credential. Else the scope it needs. */
  readonly scope: string;
  /** A driver token may call it too, for what is the driver's own; other operations refuse drivers. */
  readonly forDrivers?: boolean;
  readonly params?: P;
  /** Values arrive as strings: coerce. */
  readonly query?: Q;
  readonly body?: B;
  readonly status: 200 | 201 | 202 | 204;
  readonly response?: R;
  /** Other statuses it may answer with the same schema, by {@link withStatus}. */
  readonly alsoStatus?: readonly (200 | 201 | 202 | 503)[];
  /** What it may refuse with, beside what every endpoint may. */
  readonly errors?: readonly ErrorCode[];
  /** 400 `idempotency_key_missing` without the header. */
  readonly idempotencyKeyRequired?: boolean;
  /**
   * A quota that it takes from besides the caller's own. `device`: of the charger that the path or the body
   * names by `charger_id`.
   */
  readonly quota?: 'device' | 'export';
  /** It will go away: told in headers, in the document and by `whoami`. */
  readonly deprecated?: Deprecation;
  /** Heeds `Prefer: wait=N`: the answer may wait for the end of what was asked. */
  readonly mayWait?: boolean;
  /** `Location` of what it made. */
  readonly location?: (body: Out<R>) => string;
  /** Not JSON: this media type, the body a string. */
  readonly mediaType?: string;
  /** Other media types it answers with, by {@link withMedia}, where `Accept` asks for them. */
  readonly alsoMedia?: readonly string[];
  readonly examples: Readonly<Record<string, Example>>;
  /**
   * The answer again, where it was lost with the process that had it: `done` is what the request's first
   * commit was about (the first of `doneWith`). A repeat with the same Idempotency-Key is then not done twice; an endpoint without
   * it is done again, and must bear that. `secret`: the answer shows what is shown once, and is a conflict.
   */
  readonly recall?:
    | 'secret'
    | ((
        ctx: Context,
        done: Aggregate,
        input: Input<P, Q, B>,
      ) => Promise<In<R> | WithStatus<In<R>>>);
  /** The kind of the change that does what is asked for, where others go before it. */
  readonly doneWith?: string;
  readonly handle: (
    input: Input<P, Q, B>,
    ctx: Context,
  ) => Promise<In<R> | WithStatus<In<R>> | WithMedia>;
}

/** An answer with a status other than the endpoint's usual one. */
export class WithStatus<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: T, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}
export const withStatus = <T>(status: number, body: T, headers?: Record<string, string>) =>
  new WithStatus(status, body, headers);

/** An answer that is no JSON, and is sent as it is. */
export class WithMedia {
  readonly mediaType: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(mediaType: string, text: string, headers: Readonly<Record<string, string>> = {}) {
    this.mediaType = mediaType;
    this.text = text;
    this.headers = headers;
  }
}
export const withMedia = (mediaType: string, text: string, headers?: Record<string, string>) =>
  new WithMedia(mediaType, text, headers);

// biome-ignore lint/suspicious/noExplicitAny: the registry's view; each definition was typed where it was made.
type Erased = EndpointSpec<any, any, any, any>;

/** An endpoint with its types erased, as the registry, the CDK stack and the OpenAPI writer see it. */
export type Endpoint = Erased & { readonly kind: 'endpoint' };

/**
 * One operation of the REST API: its route, documents, validation, scope and behaviour in one object.
 * Lives alone in functions/api/<tag>/<kebab-case id>.ts, beside `export const handler = serve(endpoint)`.
 */
export const defineEndpoint = <
  P extends Fields = undefined,
  Q extends Fields = undefined,
  B extends Schema = undefined,
  R extends Schema = undefined,
>(
  spec: EndpointSpec<P, Q, B, R>,
): Endpoint => ({ kind: 'endpoint', ...spec });

/** A request as every front door hands it over. Header names in lower case. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The raw text, or undefined where there was none. */
  readonly body: string | undefined;
  /** Where it came from, where that is known. */
  readonly address?: string | undefined;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
