import { describe, test } from 'vitest';
import { handler as whoami } from '#functions/api/organization/get-caller-identity.ts';
import { handler as unknownPath } from '#functions/http/unknown-path.ts';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { aRead, aWrite } from '#test/http/an-endpoint.ts';
import { testContext } from '#test/support/context.ts';
import { aLambdaContext, aProxyEvent } from '#test/support/gateway-event.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

const caller = {
  organization_id: 'demo',
  livemode: 'false',
  credential_id: 'key_1',
  scopes: 'things:read things:write',
  site_ids: 'BLR-IND,DEL-1',
};
const world = () => {
  const ctx = testContext();
  useTestRuntime(ctx);
  return ctx;
};

describe('a Lambda of the REST API', () => {
  test('takes the caller from the authorizer and answers as API Gateway wants it', async ({
    expect,
  }) => {
    world();
    const reply = await whoami(aProxyEvent({ authorizer: caller }), aLambdaContext());
    expect(reply.statusCode).toBe(200);
    expect(JSON.parse(reply.body)).toMatchObject({
      organization_id: 'demo',
      livemode: false,
      credential: { id: 'key_1' },
      scopes: ['things:read', 'things:write'],
      site_ids: ['BLR-IND', 'DEL-1'],
      rate_limit: { remaining: 999 },
    });
  });

  test('knows nobody where the authorizer knew nobody', async ({ expect }) => {
    world();
    const nobody = { ...caller, organization_id: '', credential_id: '' };
    for (const authorizer of [nobody, {}]) {
      const reply = await whoami(aProxyEvent({ authorizer }), aLambdaContext());
      expect(reply.statusCode).toBe(401);
    }
  });

  test('hands on path, repeated query parameters, headers of any case and a base64 body', async ({
    expect,
  }) => {
    world();
    let seen: unknown;
    const read = serve(
      aRead(async (input) => {
        seen = input;
        return { id: input.params.thing_id, name: 'a', resource_version: 1 };
      }),
    );
    const event = aProxyEvent({
      authorizer: caller,
      pathParameters: { thing_id: 'BLR%20014' },
      multiValueQueryStringParameters: { limit: ['7'], status: ['a', 'b'] },
      multiValueHeaders: { Accept: ['text/csv', 'application/json'] },
    });
    await read(event, aLambdaContext());
    expect(seen).toMatchObject({
      params: { thing_id: 'BLR 014' },
      query: { limit: 7 },
      headers: { accept: 'text/csv, application/json' },
    });
    const write = serve(aWrite());
    const body = Buffer.from('{"name":"₹"}').toString('base64');
    const made = await write(
      aProxyEvent({ httpMethod: 'POST', authorizer: caller, body, isBase64Encoded: true }),
      aLambdaContext(),
    );
    expect(JSON.parse(made.body)).toMatchObject({ name: '₹' });
  });

  test('tells the public URLs of the host the client used', async ({ expect }) => {
    world();
    const urls: unknown[] = [];
    const read = serve(
      aRead(async (_, ctx) => {
        urls.push(ctx.urls.api);
        return { id: 'a', name: 'a', resource_version: 1 };
      }),
    );
    const headers = { 'X-Public-Host': 'charge.example.com' };
    const pathParameters = { thing_id: 'a' };
    await read(aProxyEvent({ authorizer: caller, pathParameters, headers }), aLambdaContext());
    expect(urls).toEqual(['https://charge.example.com']);
  });

  test('logs one line per request, with no header, query or body in it', async ({ expect }) => {
    const ctx = world();
    const headers = { Authorization: 'Bearer mk_test_secret', 'X-Correlation-Id': 'order-1' };
    const queryStringParameters = { q: 'secret' };
    const event = aProxyEvent({ authorizer: caller, headers, queryStringParameters });
    const reply = await whoami(event, aLambdaContext());
    expect(ctx.logs).toEqual([
      {
        level: 'info',
        message: 'request',
        fields: {
          operation: 'getCallerIdentity',
          method: 'GET',
          route: '/v1/whoami',
          status: 200,
          ms: expect.any(Number),
          request_id: reply.headers?.['X-Request-Id'],
          correlation_id: 'order-1',
          gateway_request_id: 'gateway-1',
          organization_id: 'demo',
          credential_id: 'key_1',
        },
      },
    ]);
  });

  test('counts what the limiter refuses', async ({ expect }) => {
    const ctx = world();
    const event = () => whoami(aProxyEvent({ authorizer: caller }), aLambdaContext());
    for (let n = 0; n < 1_000; n++) await event();
    expect((await event()).statusCode).toBe(429);
    expect(ctx.counts).toEqual({ RateLimited: 1 });
  });

  test('answers a 500 when it fails before the endpoint, and a 503 when time runs out', async ({
    expect,
  }) => {
    const ctx = world();
    const broken = { ...caller, livemode: 'perhaps' };
    const failed = await whoami(aProxyEvent({ authorizer: broken }), aLambdaContext());
    expect(failed.statusCode).toBe(500);
    expect(JSON.parse(failed.body)).toMatchObject({ code: 'internal_error' });
    expect(failed.headers?.['X-Request-Id']).toBe(JSON.parse(failed.body).request_id);
    const stuck = serve(aRead(() => new Promise(() => {})));
    const event = aProxyEvent({ authorizer: caller, pathParameters: { thing_id: 'a' } });
    const late = await stuck(event, aLambdaContext(300));
    expect(late.statusCode).toBe(503);
    expect(late.headers).toMatchObject({ 'Retry-After': '1' });
    expect(ctx.logs.filter(({ level }) => level === 'error')).toHaveLength(2);
  });
});

test('an unknown path is a problem document too', async ({ expect }) => {
  world();
  const event = aProxyEvent({ resource: '/{proxy+}', path: '/v1/nothing' });
  const reply = await unknownPath(event, aLambdaContext());
  expect(reply.statusCode).toBe(404);
  expect(reply.headers).toMatchObject({
    'Content-Type': 'application/problem+json; charset=utf-8',
  });
  expect(JSON.parse(reply.body)).toMatchObject({ code: 'not_found', instance: '/v1/nothing' });
});

test('a known path asked with a method it does not have tells which it has', async ({ expect }) => {
  world();
  const event = aProxyEvent({ resource: '/v1/chargers', path: '/v1/chargers', httpMethod: 'PUT' });
  const reply = await unknownPath(event, aLambdaContext());
  expect(reply.statusCode).toBe(405);
  expect(reply.headers).toMatchObject({ Allow: 'GET, POST' });
});
