import { expect, it } from 'vitest';
import { aHost, call } from '#test/support/local-host.ts';

const APP = 'https://app.example.com';

it('answers the browser of a registered page before it calls, at every path', async () => {
  const host = await aHost();
  const body = JSON.stringify({
    ...{ name: 'App', type: 'member_app', confidential: false, scopes: ['chargers:read'] },
    ...{ redirect_uris: [`${APP}/callback`], allowed_origins: [APP] },
  });
  expect((await call(host, '/v1/oauth-clients', { method: 'POST', body })).status).toBe(201);
  const ask = async (origin: string) => {
    const headers = { Origin: origin, 'Access-Control-Request-Method': 'GET' };
    const answer = await fetch(`${host.api}/v1/chargers`, { method: 'OPTIONS', headers });
    return [answer.status, answer.headers.get('access-control-allow-origin')];
  };
  expect(await ask(APP)).toEqual([204, APP]);
  expect(await ask('https://evil.example')).toEqual([204, null]);
});
