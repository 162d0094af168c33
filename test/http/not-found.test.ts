import { test } from 'vitest';
import { unknownPath } from '#shared/http/not-found.ts';

test('an unknown path is a 404 problem that names the request', ({ expect }) => {
  const { status, headers, body } = unknownPath({ instance: '/v1/nothing', requestId: 'req_1' });
  expect(status).toBe(404);
  expect(headers).toMatchObject({
    'X-Request-Id': 'req_1',
    'Content-Type': 'application/problem+json; charset=utf-8',
  });
  expect(JSON.parse(body)).toMatchObject({ code: 'not_found', instance: '/v1/nothing' });
});
