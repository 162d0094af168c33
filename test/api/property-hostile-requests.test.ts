import * as fc from 'fast-check';
import { describe, test } from 'vitest';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { refusalsOf } from '#shared/http/openapi/refusals.ts';
import { Problem, problems } from '#shared/http/problem.ts';
import type { Call } from '#test/support/call.ts';
import { hostileText } from '#test/support/hostile-text.ts';
import { attempt, everything } from '#test/support/isolation/attempt.ts';
import { endpoints } from '#test/support/isolation/place.ts';
import { type Field, textFields } from '#test/support/isolation/positions.ts';
import { requestAt, withValue } from '#test/support/isolation/requests.ts';
import { theWorld } from '#test/support/isolation/world.ts';
import { broken } from '#test/support/schema-arbitrary.ts';

const { ctx, home } = await theWorld();

const SEED = 4;
const RUNS = 15;
/** Far more than any takes; what is quadratic in what a stranger sends takes longer. */
const PATIENCE_MS = 2000;

/** What breaks keys, patterns, numbers, dates and encodings. */
const odd = [
  '',
  ' ',
  '\0',
  '\ud800',
  '__proto__',
  'constructor',
  '..%2f..',
  '#',
  ',',
  '"',
  '-1',
  '1e400',
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '\u{1F50C}'.repeat(40),
  'x'.repeat(3000),
];

/** Asks, and holds the answer to what every answer must be. Gives what is wrong with it. */
async function wrongWith(endpoint: Endpoint, request: Call): Promise<string | undefined> {
  const since = performance.now();
  const { reply } = await attempt(ctx, everything, endpoint, request);
  const took = performance.now() - since;
  const { status, headers, body, text } = reply;
  const told = `${status} ${text.slice(0, 300)} to ${JSON.stringify(request).slice(0, 600)}`;
  if (took > PATIENCE_MS) return `${Math.round(took)} ms for ${told}`;
  if (!documented(endpoint).has(status)) return `undocumented: ${told}`;
  if (status >= 500) return failures() + told;
  if (status < 400) return undefined;
  if (!headers['Content-Type']?.startsWith('application/problem+json'))
    return `no problem: ${told}`;
  return Problem.safeParse(body).success && body['status'] === status ? undefined : told;
}

const failures = () =>
  ctx.logs
    .slice(-1)
    .map(({ fields }) => String(Object(fields?.['error']).stack))
    .join();

const documented = (endpoint: Endpoint) =>
  new Set<number>([
    endpoint.status,
    ...(endpoint.alsoStatus ?? []),
    ...refusalsOf(endpoint).map((code) => problems[code].status),
  ]);

const bodiesOf = (endpoint: Endpoint): unknown[] => [
  requestAt(home, endpoint).body,
  ...Object.values(endpoint.examples).flatMap(({ body }) => (body === undefined ? [] : [body])),
];

/** A body that was right once: with one thing wrong in it, with two, cut short, or another altogether. */
const hostileBody = (endpoint: Endpoint) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...bodiesOf(endpoint)).chain(broken) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...bodiesOf(endpoint))
        .chain(broken)
        .chain(broken),
    },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: hostileText },
  );

const hostileQuery = (names: readonly string[]) =>
  fc.dictionary(
    fc.oneof(fc.constantFrom(...names, 'limit', 'cursor'), fc.string({ maxLength: 5 })),
    fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 30 })),
    { maxKeys: 4 },
  );

describe.for([...endpoints])('%s', ([, endpoint]) => {
  test('takes odd text in any field, and answers as documented', async ({ expect }) => {
    for (const field of textFields(endpoint)) {
      const request = requestAt(home, endpoint, field);
      for (const text of odd)
        expect.soft(await wrongWith(endpoint, withOdd(request, field, text))).toBeUndefined();
    }
  });

  test('takes any body and any query, and answers as documented', async ({ expect }) => {
    const request = requestAt(home, endpoint);
    const names = Object.keys(endpoint.query?.shape ?? {});
    const input = fc.record({
      query: hostileQuery(names),
      ...(endpoint.body ? { body: hostileBody(endpoint) } : {}),
    });
    await fc.assert(
      fc.asyncProperty(input, async ({ query, ...body }) => {
        const asked = { ...request, ...body, query: { ...request.query, ...query } };
        expect(await wrongWith(endpoint, asked)).toBeUndefined();
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

/** A path holds what UTF-8 can, and one that names nothing at all goes to another route. */
const withOdd = (request: Call, field: Field, text: string) =>
  withValue(request, field, field.where === 'path' ? text.toWellFormed() || '-' : text);
