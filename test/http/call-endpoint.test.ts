import { describe, test } from 'vitest';
import { AppError } from '#shared/core/errors.ts';
import { withMedia, withStatus } from '#shared/http/endpoint.ts';
import { aRead, aWrite } from '#test/http/an-endpoint.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

const anonymous = { actor: { kind: 'anonymous' } } as const;
const withScopes = (...scopes: string[]) =>
  ({ actor: { kind: 'api_key', id: 'key_2', scopes } }) as const;
const read = { params: { thing_id: 'th_1' } };

describe('every reply', () => {
  test('names the request, the version answered as, and is not to be stored', async ({
    expect,
  }) => {
    const { headers } = await call(testContext(), aRead(), read);
    expect(headers).toMatchObject({
      'X-Request-Id': 'req_test',
      'Magma-Version': '2026-06-01',
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json; charset=utf-8',
    });
  });

  test('makes a request id where the front door brought none', async ({ expect }) => {
    const ctx = testContext();
    const bare = ctx.as({ cause: { ...ctx.cause, request_id: null } });
    const { headers } = await call(bare, aRead(), read);
    expect(headers['X-Request-Id']).toMatch(/^req_[0-9A-Z]{26}$/);
  });

  test("gives the caller's correlation id back and hands it to the use case", async ({
    expect,
  }) => {
    let cause: unknown;
    const endpoint = aRead(async (_, ctx) => {
      cause = ctx.cause;
      return { id: 'th_1', name: 'Thing', resource_version: 1 };
    });
    const headers = { 'x-correlation-id': 'order-8841' };
    const reply = await call(testContext(), endpoint, { ...read, headers });
    expect(reply.headers['X-Correlation-Id']).toBe('order-8841');
    expect(cause).toEqual({
      type: 'api_request',
      ref: 'order-8841',
      request_id: 'req_test',
      idempotency_key: null,
      actor: 'key_test',
    });
  });

  test('does not repeat a correlation id that could break a log line', async ({ expect }) => {
    const headers = { 'x-correlation-id': 'a\tb' };
    const reply = await call(testContext(), aRead(), { ...read, headers });
    expect(reply.headers).not.toHaveProperty('X-Correlation-Id');
  });

  test('refuses a version that never was', async ({ expect }) => {
    const headers = { 'magma-version': '2020-01-01' };
    const { status, body } = await call(testContext(), aRead(), { ...read, headers });
    expect([status, body['code']]).toEqual([400, 'invalid_request']);
  });
});

describe('who calls', () => {
  test('is asked for a key when there is none', async ({ expect }) => {
    const reply = await call(testContext(anonymous), aRead(), read);
    expect(reply).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(reply.headers['WWW-Authenticate']).toBe('Bearer realm="magma"');
  });

  test('is told when the key it sent is not valid', async ({ expect }) => {
    const headers = { authorization: 'Bearer mk_test_wrong' };
    const reply = await call(testContext(anonymous), aRead(), { ...read, headers });
    expect(reply.status).toBe(401);
    expect(reply.headers['WWW-Authenticate']).toBe('Bearer realm="magma", error="invalid_token"');
    expect(reply.text).not.toContain('mk_test_wrong');
  });

  test('is told which scope is missing', async ({ expect }) => {
    const reply = await call(testContext(withScopes('things:write')), aRead(), read);
    expect(reply).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
    expect(reply.headers['WWW-Authenticate']).toBe(
      'Bearer realm="magma", error="insufficient_scope", scope="things:read"',
    );
  });

  test('may be anybody with a key where any will do, and anybody at all where it is public', async ({
    expect,
  }) => {
    const any = aRead(undefined, { scope: 'any' });
    const open = aRead(undefined, { scope: 'public' });
    expect((await call(testContext(withScopes()), any, read)).status).toBe(200);
    expect((await call(testContext(anonymous), any, read)).status).toBe(401);
    expect((await call(testContext(anonymous), open, read)).status).toBe(200);
  });
});

describe('a refusal', () => {
  test('is a problem document as RFC 9457 has it', async ({ expect }) => {
    const endpoint = aWrite(async () => {
      throw new AppError('connector_in_use', 'BLR-014 connector 1 has an open session.', {
        errors: [{ field: 'connector', code: 'in_use', message: 'Open session sess_1' }],
      });
    });
    const reply = await call(testContext(), endpoint, { body: { name: 'a' } });
    expect(reply.headers['Content-Type']).toBe('application/problem+json; charset=utf-8');
    expect(reply.status).toBe(409);
    expect(reply.body).toEqual({
      type: 'https://docs.magmapro.in/errors/connector_in_use',
      title: 'Connector is already in use',
      status: 409,
      code: 'connector_in_use',
      detail: 'BLR-014 connector 1 has an open session.',
      instance: '/v1/things',
      errors: [{ field: 'connector', code: 'in_use', message: 'Open session sess_1' }],
      request_id: 'req_test',
      retryable: false,
    });
  });

  test('says how long to wait', async ({ expect }) => {
    const endpoint = aRead(async () => {
      throw new AppError('service_unavailable', 'Busy.', { retryAfter: 3 });
    });
    const reply = await call(testContext(), endpoint, read);
    expect(reply).toMatchObject({ status: 503, body: { retryable: true } });
    expect(reply.headers['Retry-After']).toBe('3');
  });

  test.for([
    ['throws', async () => Promise.reject(new Error('password=hunter2'))],
    ['throws something that is no error', async () => Promise.reject('hunter2')],
    ['answers what its schema does not allow', async () => ({ id: 'hunter2', name: 5 })],
  ] as const)('tells nothing when an endpoint %s, and logs it', async ([, handle], { expect }) => {
    const ctx = testContext();
    const endpoint = { ...aRead(), handle };
    const reply = await call(ctx, endpoint, read);
    expect(reply).toMatchObject({
      status: 500,
      body: { code: 'internal_error', request_id: 'req_test' },
    });
    expect(reply.text).not.toContain('hunter2');
    expect(ctx.logs).toMatchObject([{ level: 'error', fields: { operation: 'getThing' } }]);
  });
});

describe('an answer', () => {
  test('of something new says where it is and which version it has', async ({ expect }) => {
    const reply = await call(testContext(), aWrite(), { body: { name: 'One' } });
    expect(reply).toMatchObject({ status: 201, body: { id: 'th_1', name: 'One' } });
    expect(reply.headers).toMatchObject({ Location: '/v1/things/th_1', ETag: '"1"' });
  });

  test('may have another status, or another media type', async ({ expect }) => {
    const thing = { id: 'th_1', name: 'One', resource_version: 2 };
    const accepted = aWrite(async () => withStatus(202, thing, { 'X-Extra': 'yes' }));
    const reply = await call(testContext(), accepted, { body: { name: 'One' } });
    expect([reply.status, reply.headers['X-Extra']]).toEqual([202, 'yes']);
    const csv = await call(
      testContext(),
      aRead(async () => withMedia('text/csv', 'a,b')),
      read,
    );
    expect([csv.text, csv.headers['Content-Type']]).toEqual(['a,b', 'text/csv; charset=utf-8']);
  });

  test('has no body at 204', async ({ expect }) => {
    const { response: _, location: __, ...rest } = aWrite();
    const endpoint = { ...rest, status: 204, handle: async () => undefined } as const;
    const reply = await call(testContext(), endpoint, { body: { name: 'One' } });
    expect([reply.status, reply.text]).toEqual([204, '']);
  });

  test.for([
    ['the same version', '"7"', 304],
    ['the same version, weakened by the edge', 'W/"7"', 304],
    ['one of several', '"5", "7"', 304],
    ['any', '*', 304],
    ['an older one', '"6"', 200],
  ] as const)(
    'is sent again or not for If-None-Match with %s',
    async ([, tag, status], { expect }) => {
      const headers = { 'if-none-match': tag };
      const reply = await call(testContext(), aRead(), { ...read, headers });
      expect([reply.status, reply.headers['ETag']]).toEqual([status, '"7"']);
      expect(reply.text === '').toBe(status === 304);
    },
  );
});
