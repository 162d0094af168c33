import * as z from 'zod';
import { loadEndpoints } from '#lib/registry.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { type Call, call, type Reply } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import type { FakeCharger } from '#test/support/fake-charger.ts';
import type { Kind } from '#test/support/isolation/kinds.ts';

/** A site of an organization, with one object of every kind there is. */
export interface Place {
  /** What all of its names and ids that people choose begin with, and nothing elsewhere has in it. */
  readonly mark: string;
  readonly ctx: TestContext;
  readonly ids: Readonly<Record<Kind, string>>;
  /** Some operations need a thing in another state than most do. */
  readonly spare: Readonly<Record<SpareKind, string>>;
  /** Another driver, who charges at the same chargers: the same place, with what is that driver's. */
  readonly second?: Place;
  /** Every id of the place that we have given, by which a leak shows. */
  readonly traces: readonly string[];
}

/**
 * `charger201`: of OCPP 2.0.1, `session201`: of it; `idle`: out of reach; `waiting`: a command not sent;
 * `ended`: a session; `pem`: a root that is not trusted yet.
 */
export type SpareKind = 'charger201' | 'session201' | 'idle' | 'waiting' | 'ended' | 'pem';

const Row = z.object({ id: z.string() });
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  (await loadEndpoints()).map(({ value }) => [value.id, value]),
);

/** Asks an operation by its id; its answer. Fails where it is refused. */
export async function ask(ctx: TestContext, operation: string, input: Call) {
  const endpoint = endpoints.get(operation);
  if (!endpoint) throw new Error(`There is no operation ${operation}`);
  const reply = await call(ctx, endpoint, input);
  if (reply.status >= 300) throw new Error(`${operation}: ${reply.text}`);
  return reply.body;
}

/** Makes a thing; its id. */
export const make = async (ctx: TestContext, operation: string, body: object, params = {}) =>
  Row.parse(await ask(ctx, operation, { params, body })).id;

/** The id of the first of a list. */
export async function firstOf(ctx: TestContext, operation: string, plural: string, input: Call) {
  const list = (await ask(ctx, operation, input))[plural];
  return z.tuple([Row], Row).parse(list)[0].id;
}

/** The charger answers everything it has been asked so far. */
export async function answerAll(charger: FakeCharger, payload: object = { status: 'Accepted' }) {
  let answered = '';
  for (let last = charger.calls().at(-1); last && last.id !== answered; ) {
    answered = last.id;
    await charger.answer(payload);
    last = charger.calls().at(-1);
  }
}

/** What an answer tells of a place; what was named by the caller is nothing new. */
export function tracesIn(
  { headers, text }: Reply,
  { traces }: Place,
  ...named: readonly string[]
): string[] {
  let told = JSON.stringify([headers, text]);
  for (const name of named) told = told.replaceAll(name, '');
  return traces.filter((trace) => told.includes(trace));
}
