import { test } from 'vitest';
import { loadEndpoints } from '#lib/registry.ts';
import { unknownMethod, unknownPath } from '#shared/http/not-found.ts';
import { methodsOf } from '#shared/http/openapi/methods.ts';

const occurrence = { instance: '/v1/nothing', requestId: 'req_1' };

test('an unknown path is a 404 problem that names the request', ({ expect }) => {
  const { status, headers, body } = unknownPath(occurrence);
  expect(status).toBe(404);
  expect(headers).toMatchObject({
    'X-Request-Id': 'req_1',
    'Content-Type': 'application/problem+json; charset=utf-8',
  });
  expect(JSON.parse(body)).toMatchObject({ code: 'not_found', instance: '/v1/nothing' });
});

test('a method that a path does not have is a 405 problem that names those it has', ({
  expect,
}) => {
  const { status, headers, body } = unknownMethod(['GET', 'POST'], occurrence);
  expect(status).toBe(405);
  expect(headers).toMatchObject({ Allow: 'GET, POST', 'X-Request-Id': 'req_1' });
  expect(JSON.parse(body)).toMatchObject({ status: 405, code: 'method_not_allowed' });
});

test('the methods of every path are known, and of nothing else', async ({ expect }) => {
  for (const { value } of await loadEndpoints()) {
    const [method, path = ''] = value.route.split(' ');
    expect(await methodsOf(path)).toContain(method);
  }
  expect(await methodsOf('/v1/chargers')).toEqual(['GET', 'POST']);
  for (const path of ['/', '/{proxy+}', '/v1/chargers/', 'toString', '__proto__'])
    expect(await methodsOf(path), path).toBeUndefined();
});
