import { describe, test } from 'vitest';
import type * as z from 'zod';
import { loadEndpoints, tagOf } from '#lib/registry.ts';
import { isScope } from '#shared/core/scopes.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import { tags } from '#shared/http/openapi/tags.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

const entries = await loadEndpoints();
const kebab = (id: string) => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const examplesOf = (endpoint: Endpoint) => Object.values(endpoint.examples);
/** A request that is right in every way, as far as the examples tell. */
const exampleOf = (endpoint: Endpoint) => {
  const { params, query, body } = examplesOf(endpoint)[0] ?? {};
  const sent = { params: params ?? anyParams(endpoint), query: query ?? {}, body };
  return { ...sent, headers: { 'idempotency-key': 'k' } };
};
const anyParams = ({ params }: Endpoint) =>
  Object.fromEntries(Object.keys(params?.shape ?? {}).map((name) => [name, '1']));
const withScopes = (...scopes: string[]) =>
  testContext({ actor: { kind: 'api_key', id: 'key_1', scopes } });
const wrong = (schema: z.ZodType | undefined, value: unknown) =>
  schema?.safeParse(value).error?.issues ?? [];

describe.for(entries.map((entry) => ({ id: entry.value.id, entry })))('$id', ({ entry }) => {
  const { file, value: endpoint } = entry;
  const isPublic = endpoint.scope === 'public';

  test('lives in the file its id names, in a folder that is described', ({ expect }) => {
    expect(file).toBe(`${tagOf(entry)}/${kebab(endpoint.id)}.ts`);
    expect(Object.keys(tags)).toContain(tagOf(entry));
  });

  test('asks for a scope that there is', ({ expect }) => {
    expect(['public', 'any'].includes(endpoint.scope) || isScope(endpoint.scope)).toBe(true);
  });

  test('declares exactly the parameters of its path, which is plural and kebab-case', ({
    expect,
  }) => {
    const inRoute = [...endpoint.route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(endpoint.params?.shape ?? {}).sort()).toEqual(inRoute.sort());
    expect(endpoint.route).toMatch(/^[A-Z]+ \/v1(\/([a-z0-9.-]+|\{[a-z_]+\}))+$/);
  });

  test('is described: a line, a paragraph, an example', ({ expect }) => {
    expect(endpoint.summary.length).toBeGreaterThan(5);
    expect(endpoint.summary).not.toMatch(/\.$/);
    expect(endpoint.description.length).toBeGreaterThan(40);
    expect(examplesOf(endpoint).length).toBeGreaterThan(0);
  });

  test('tells what it may refuse, if it is more than everything may', ({ expect }) => {
    const names = new Set(endpoint.errors ?? []);
    expect(names.size).toBe(endpoint.errors?.length ?? 0);
    const changes = /^(PATCH|PUT|DELETE) /.test(endpoint.route);
    expect(!changes || endpoint.params === undefined || names.size > 0).toBe(true);
  });

  test('has examples that its own schemas accept', ({ expect }) => {
    for (const { params, query, body, response } of examplesOf(endpoint)) {
      if (params) expect(wrong(endpoint.params, params)).toEqual([]);
      if (query) expect(wrong(endpoint.query, query)).toEqual([]);
      if (body !== undefined) expect(wrong(endpoint.body, body)).toEqual([]);
      if (response !== undefined) expect(wrong(endpoint.response, response)).toEqual([]);
    }
    const shown = examplesOf(endpoint).some(({ response }) => response !== undefined);
    expect(endpoint.response === undefined || shown).toBe(true);
  });

  test('asks for a key, and for its scope', async ({ expect }) => {
    const stranger = testContext({ actor: { kind: 'anonymous' } });
    const unknown = await call(stranger, endpoint, exampleOf(endpoint));
    const powerless = await call(withScopes(), endpoint, exampleOf(endpoint));
    expect(unknown.status === 401).toBe(!isPublic);
    expect(powerless.status === 403).toBe(!isPublic && endpoint.scope !== 'any');
    for (const { status, body } of [unknown, powerless])
      if (status >= 400) expect(Object.keys(body)).toEqual(expect.arrayContaining(PROBLEM));
  });

  test('refuses a body that is too large, whoever sends it', async ({ expect }) => {
    const body = ' '.repeat(1_048_577);
    const reply = await call(withScopes('*'), endpoint, { ...exampleOf(endpoint), body });
    expect(reply).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
  });

  test('refuses a body that is no JSON, where it reads one', async ({ expect }) => {
    if (!endpoint.body) return;
    const broken = { ...exampleOf(endpoint), body: '{"' };
    const form = { ...broken, headers: { 'content-type': 'text/plain' } };
    expect((await call(withScopes('*'), endpoint, broken)).status).toBe(400);
    expect((await call(withScopes('*'), endpoint, form)).status).toBe(415);
  });

  test('says what is wrong with a list in place of an object', async ({ expect }) => {
    if (!endpoint.body) return;
    const reply = await call(withScopes('*'), endpoint, { ...exampleOf(endpoint), body: [] });
    expect(reply).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
  });

  test('never fails on our side: not for nobody known, nothing stored, and odd parameters', async ({
    expect,
  }) => {
    const query = { ...exampleOf(endpoint).query, utm_source: 'mail', '': 'x' };
    const reply = await call(testContext(), endpoint, { ...exampleOf(endpoint), query });
    expect(reply.status).toBeLessThan(500);
    expect(reply.headers['X-Request-Id']).toBe('req_test');
    if (reply.status >= 400)
      expect(Object.keys(reply.body)).toEqual(expect.arrayContaining(PROBLEM));
  });

  // No key of the database may be longer than 2,048 bytes.
  test('never fails on our side, however long what is asked for', async ({ expect }) => {
    const { params = {}, query = {}, body } = exampleOf(endpoint);
    const long = 'A'.repeat(3000);
    const named = Object.fromEntries(Object.keys(params).map((name) => [name, long]));
    const asked = [
      { params: named, query, body },
      ...Object.keys(endpoint.query?.shape ?? {}).map((name) => ({
        params,
        query: { ...query, [name]: long },
        body,
      })),
    ];
    for (const input of asked)
      expect((await call(testContext(), endpoint, input)).status).toBeLessThan(500);
  });
});

const PROBLEM = [
  'type',
  'title',
  'status',
  'code',
  'detail',
  'instance',
  'request_id',
  'retryable',
];

test('no two endpoints have one route or one id', ({ expect }) => {
  const routes = entries.map(({ value }) => value.route.replace(/\{\w+\}/g, '{}'));
  expect(routes.filter((route, n) => routes.indexOf(route) !== n)).toEqual([]);
  const ids = entries.map(({ value }) => value.id);
  expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
});

test('they are found in the order of their files, each time', async ({ expect }) => {
  const files = entries.map(({ file }) => file);
  expect(files).toEqual([...files].sort());
  expect((await loadEndpoints()).map(({ file }) => file)).toEqual(files);
});
