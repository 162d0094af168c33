import { test } from 'vitest';
import { endpoint } from '#functions/api/meta/list-api-versions.ts';
import { API_VERSION } from '#shared/events/envelope.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

test('listApiVersions names exactly one current version: the one that is answered as', async ({
  expect,
}) => {
  const reply = await call(testContext({ actor: { kind: 'anonymous' } }), endpoint);
  expect(reply).toMatchObject({
    status: 200,
    body: { versions: [{ version: API_VERSION, status: 'current' }], total: 1, next_cursor: null },
  });
  expect(reply.headers['Magma-Version']).toBe(API_VERSION);
});
