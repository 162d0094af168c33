import { test } from 'vitest';
import { unknownMethod, unknownPath } from '#shared/http/not-found.ts';

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

test('an unknown method is a 405 problem that says which there are', ({ expect }) => {
  const { status, headers, body } = unknownMethod(occurrence, ['POST', 'GET']);
  expect([status, headers['Allow']]).toEqual([405, 'GET, POST']);
  expect(JSON.parse(body)).toMatchObject({ code: 'method_not_allowed', request_id: 'req_1' });
});
