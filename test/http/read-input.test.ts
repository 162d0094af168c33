import { describe, test } from 'vitest';
import * as z from 'zod';
import { aRead, aWrite } from '#test/http/an-endpoint.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

/** So many objects inside each other, the last of them empty. */
const nested = (levels: number) =>
  `{"name":"a",${'"in":{'.repeat(levels - 1)}${'}'.repeat(levels - 1)}}`;

describe('a body', () => {
  test.for([
    ['broken JSON', '{"name":', 'application/json', 400, 'invalid_request'],
    ['bytes that are no JSON', '\u0000\u0001', 'application/json', 400, 'invalid_request'],
    ['a form', 'name=One', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['plain text', '{"name":"One"}', 'text/plain', 415, 'unsupported_media_type'],
    ['1 MB and a byte', ' '.repeat(1_048_577), 'application/json', 413, 'payload_too_large'],
    ['a list', '[]', 'application/json', 422, 'validation_failed'],
    ['null', 'null', 'application/json', 422, 'validation_failed'],
    ['nothing', undefined, 'application/json', 422, 'validation_failed'],
    ['half a character', '{"name":"\\ud800"}', 'application/json', 422, 'validation_failed'],
    ['half a name', '{"name":"a","\\udc00":1}', 'application/json', 422, 'validation_failed'],
    ['33 levels', nested(33), 'application/json', 413, 'payload_too_large'],
    ['100,000 levels', nested(100_000), 'application/json', 413, 'payload_too_large'],
  ] as const)('of %s is refused', async ([, body, type, status, code], { expect }) => {
    const headers = { 'content-type': type };
    const reply = await call(testContext(), aWrite(), { body, headers });
    expect(reply).toMatchObject({ status, body: { code } });
  });

  test.for([
    ['JSON in any case and with a charset', 'Application/JSON; charset=utf-8'],
    ['a merge patch', 'application/merge-patch+json'],
  ])('may be %s', async ([, type], { expect }) => {
    const headers = { 'content-type': type ?? '' };
    const reply = await call(testContext(), aWrite(), { body: { name: 'One' }, headers });
    expect(reply.status).toBe(201);
  });

  test('of exactly 1 MB is taken', async ({ expect }) => {
    const body = '{"name":"One"}'.padEnd(1_048_576);
    expect((await call(testContext(), aWrite(), { body })).status).toBe(201);
  });

  test('of 32 levels is taken, and one behind a byte order mark', async ({ expect }) => {
    for (const body of [nested(32), '\uFEFF{"name":"One"}'])
      expect((await call(testContext(), aWrite(), { body })).status).toBe(201);
  });

  test('names the field with half a character in it', async ({ expect }) => {
    const body = '{"name":"a","limits":{"unit":["kW","\\ud800"]}}';
    const reply = await call(testContext(), aWrite(), { body });
    expect(reply.body['errors']).toMatchObject([{ field: 'limits.unit.1', code: 'invalid_text' }]);
  });

  test('counts its size in bytes, not in characters', async ({ expect }) => {
    const body = '{"name":"One"}'.padEnd(524_300, '₹');
    expect((await call(testContext(), aWrite(), { body })).status).toBe(413);
  });

  test('may have fields that we do not know', async ({ expect }) => {
    const body = { name: 'One', colour: 'red' };
    expect((await call(testContext(), aWrite(), { body })).status).toBe(201);
  });

  test.for([
    ['a missing field', {}, 'name', 'required'],
    ['a wrong type', { name: 5 }, 'name', 'invalid_type'],
    ['null for a value', { name: null }, 'name', 'invalid_type'],
    ['too long a text', { name: 'x'.repeat(11) }, 'name', 'too_big'],
    ['too short a text', { name: '' }, 'name', 'too_small'],
    ['a fraction of a whole number', { name: 'a', watts: 1.5 }, 'watts', 'invalid_type'],
    ['a number out of range', { name: 'a', watts: -1 }, 'watts', 'too_small'],
    ['a date that is none', { name: 'a', at: 'secret-7' }, 'at', 'invalid_format'],
    ['a value not in the list', { name: 'a', kind: 'secret-7' }, 'kind', 'invalid_value'],
    ['a wrong type deep inside', { name: 'a', limits: { kwh: 'x' } }, 'limits.kwh', 'invalid_type'],
    [
      'an unknown field where all count',
      { name: 'a', limits: { kwh: 1, kw: 2 } },
      'limits.kw',
      'unknown_field',
    ],
  ] as const)(
    'with %s names the field and what is wrong',
    async ([, body, field, code], { expect }) => {
      const reply = await call(testContext(), aWrite(), { body });
      expect(reply).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
      expect(reply.body['errors']).toEqual([{ field, code, message: expect.any(String) }]);
      expect(reply.text).not.toContain('secret-7');
    },
  );
});

describe('a query', () => {
  test('that cannot be read is refused, without repeating it', async ({ expect }) => {
    const reply = await call(testContext(), aRead(), {
      params: { thing_id: 'th_1' },
      query: { limit: 'secret-7' },
    });
    expect(reply).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: [{ field: 'limit', code: 'invalid_type' }] },
    });
    expect(reply.text).not.toContain('secret-7');
  });

  test('may have parameters that we do not know', async ({ expect }) => {
    const input = { params: { thing_id: 'th_1' }, query: { utm_source: 'mail' } };
    expect((await call(testContext(), aRead(), input)).status).toBe(200);
  });
});

test('a path that can name nothing is not found', async ({ expect }) => {
  const reply = await call(testContext(), aRead(), { params: { thing_id: 'x'.repeat(21) } });
  expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test('a path with an id longer than any key may be is not found', async ({ expect }) => {
  const open = aRead(undefined, { params: z.object({ thing_id: z.string() }) });
  for (const [length, status] of [
    [128, 200],
    [129, 404],
    [5000, 404],
  ] as const) {
    const reply = await call(testContext(), open, { params: { thing_id: 'x'.repeat(length) } });
    expect(reply.status).toBe(status);
  }
});

describe('If-Match', () => {
  const seen: (number | undefined)[] = [];
  const endpoint = aWrite(async ({ body, ifMatch }) => {
    seen.push(ifMatch);
    return { id: 'th_1', name: body.name, resource_version: 1 };
  });

  test.for([
    ['a version', '"17"', 17],
    ['a version that the edge has weakened', 'W/"17"', 17],
    ['a version without quotes', '17', 17],
    ['anything', '*', undefined],
  ] as const)('of %s reaches the endpoint', async ([, tag, version], { expect }) => {
    const headers = { 'if-match': tag };
    const reply = await call(testContext(), endpoint, { body: { name: 'a' }, headers });
    expect([reply.status, seen.at(-1)]).toEqual([201, version]);
  });

  test('of a tag we never gave out matches nothing', async ({ expect }) => {
    const headers = { 'if-match': '"abc"' };
    const reply = await call(testContext(), endpoint, { body: { name: 'a' }, headers });
    expect(reply).toMatchObject({ status: 412, body: { code: 'etag_mismatch' } });
  });
});
