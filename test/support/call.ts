import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { callEndpoint } from '#shared/http/call-endpoint.ts';
import type { Endpoint, HttpRequest } from '#shared/http/endpoint.ts';

export interface Call {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  /** Sent as JSON; a string goes out as it is. */
  readonly body?: unknown;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, parsed where it is JSON; empty where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Asks an endpoint as a client does: through the whole pipeline, in text. */
export async function call(ctx: Context, endpoint: Endpoint, input: Call = {}): Promise<Reply> {
  const { status, headers, body } = await callEndpoint(endpoint, requestOf(endpoint, input), ctx);
  const isJson = headers['Content-Type']?.includes('json') && body !== '';
  return { status, headers, text: body, body: isJson ? Body.parse(JSON.parse(body)) : {} };
}
const Body = z.record(z.string(), z.unknown());

/** The request as a front door would hand it over. */
function requestOf(
  endpoint: Endpoint,
  { params = {}, query = {}, body, headers = {} }: Call,
): HttpRequest {
  const [method = '', route = ''] = endpoint.route.split(' ');
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return {
    method,
    path: route.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(params[name])),
    ),
    params: strings(params),
    query: strings(query),
    headers: text === undefined ? headers : { 'content-type': 'application/json', ...headers },
    body: text,
  };
}

const strings = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
