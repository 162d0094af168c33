import { expect, test } from 'vitest';
import * as z from 'zod';
import { aHost, call } from '#test/support/local-host.ts';

const Created = z.object({ id: z.string(), secret: z.string() });
const Keys = z.object({ api_keys: z.array(z.object({ id: z.string() })) });
const wanted = { name: 'Backend', scopes: ['sites:read'] };
const whoami = (api: string, secret: string, headers = {}) =>
  fetch(`${api}/v1/whoami`, { headers: { ...headers, Authorization: `Bearer ${secret}` } });

test('a key made over the API works at once, from the addresses it is for', async () => {
  const host = await aHost();
  const create = async (more: object) => {
    const body = JSON.stringify({ ...wanted, ...more });
    const answer = await call(host, '/v1/api-keys', { method: 'POST', body });
    return Created.parse(await answer.json());
  };
  const here = await create({ ip_allowlist: ['127.0.0.0/8', '::1'] });
  const elsewhere = await create({ ip_allowlist: ['198.51.100.0/24'] });
  expect((await whoami(host.api, here.secret)).status).toBe(200);
  const forged = { 'X-Viewer-Address': '198.51.100.9', 'X-Forwarded-For': '198.51.100.9' };
  expect((await whoami(host.api, elsewhere.secret, forged)).status).toBe(401);
  const listed = Keys.parse(await (await call(host, '/v1/api-keys')).json());
  expect(listed.api_keys.map(({ id }) => id)).toEqual(
    expect.arrayContaining([here.id, elsewhere.id, 'key_sandbox']),
  );
});
