import * as client from 'openid-client';
import { describe, it } from 'vitest';
import * as z from 'zod';
import { sandbox } from '#local/sandbox.ts';
import { aHost, call } from '#test/support/local-host.ts';
import {
  allow,
  ask,
  CALLBACK,
  discover,
  redeem,
  setOut,
  signIn,
  theService,
} from '#test/support/oauth-app.ts';

const Invited = z.object({ invitation_url: z.string() });
const member = { credential: { type: 'member', client_id: sandbox.memberApp } };

describe('a service', () => {
  it('is found by discovery, given a token, and let in with it', async ({ expect }) => {
    const { api } = await aHost();
    const config = await theService(api);
    expect(config.serverMetadata()).toMatchObject({
      issuer: api,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
    });
    const token = await client.clientCredentialsGrant(config, { scope: 'chargers:read' });
    expect(token).toMatchObject({ token_type: 'bearer', expires_in: 600, scope: 'chargers:read' });
    expect(await ask(api, token.access_token)).toMatchObject({
      status: 200,
      body: {
        credential: { type: 'oauth_client', id: sandbox.service.id, client_id: null },
        scopes: ['chargers:read'],
      },
    });
    expect(await ask(api, token.access_token, '/v1/chargers')).toMatchObject({ status: 200 });
    expect(await ask(api, token.access_token, '/v1/sessions')).toMatchObject({ status: 403 });
  });

  it('is told what a token is worth, and takes it back', async ({ expect }) => {
    const { api } = await aHost();
    const config = await theService(api);
    const { access_token: token } = await client.clientCredentialsGrant(config);
    expect(await client.tokenIntrospection(config, token)).toMatchObject({
      active: true,
      client_id: sandbox.service.id,
      organization_id: 'demo',
      kind: 'oauth_client',
      aud: api,
    });
    await client.tokenRevocation(config, token);
    expect(await client.tokenIntrospection(config, token)).toEqual({ active: false });
    expect(await ask(api, token)).toMatchObject({ status: 401 });
  });

  it('is given none by a wrong secret, nor for what it may not', async ({ expect }) => {
    const { api } = await aHost();
    const wrong = await discover(api, sandbox.service.id, client.ClientSecretPost('wrong'));
    await expect(client.clientCredentialsGrant(wrong)).rejects.toMatchObject({
      error: 'invalid_client',
    });
    const app = await discover(api, sandbox.memberApp);
    await expect(client.clientCredentialsGrant(app)).rejects.toMatchObject({
      code: 'OAUTH_RESPONSE_BODY_ERROR',
      status: 400,
    });
    const right = await theService(api);
    await expect(
      client.clientCredentialsGrant(right, { scope: 'nothing:read' }),
    ).rejects.toMatchObject({ error: 'invalid_scope' });
    await expect(
      client.clientCredentialsGrant(right, { resource: 'https://else.test' }),
    ).rejects.toMatchObject({ error: 'invalid_target' });
  });
});

describe('an app for members', () => {
  it('signs somebody in, by pages that need no script, and acts for him', async ({ expect }) => {
    const { api } = await aHost();
    const journey = await setOut(await discover(api, sandbox.memberApp), {
      scope: 'openid email profile chargers:read',
    });
    expect(journey.page.html.querySelector('h1')?.text).toBe('Sign in');
    expect(journey.page.html.querySelectorAll('script')).toEqual([]);
    expect(journey.page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const consent = await signIn(journey);
    expect(consent.html.text).toContain('See chargers, connectors and their status');
    const { url } = await journey.browser.press(consent, 'Allow');
    expect(url.startsWith(CALLBACK)).toBe(true);
    const tokens = await redeem(journey, url);
    const sub = tokens.claims()?.sub ?? '';
    expect(tokens.claims()).toMatchObject({ iss: api, sub: expect.stringMatching(/^mem_/) });
    expect(await ask(api, tokens.access_token)).toMatchObject({
      status: 200,
      body: { credential: { ...member.credential, id: sub }, scopes: ['chargers:read'] },
    });
    expect(await ask(api, tokens.access_token, '/v1/chargers')).toMatchObject({ status: 200 });
    expect(await client.fetchUserInfo(journey.config, tokens.access_token, sub)).toEqual({
      sub,
      name: sandbox.owner.name,
      email: sandbox.owner.email,
      email_verified: true,
    });
  });

  it('renews its tokens, and loses all where one is used a second time', async ({ expect }) => {
    const { api } = await aHost();
    const journey = await setOut(await discover(api, sandbox.memberApp));
    const first = await redeem(journey, await allow(journey));
    const second = await client.refreshTokenGrant(journey.config, first.refresh_token ?? '');
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await ask(api, second.access_token)).toMatchObject({ status: 200, body: member });
    const replay = client.refreshTokenGrant(journey.config, first.refresh_token ?? '');
    await expect(replay).rejects.toMatchObject({ error: 'invalid_grant' });
    const owner = client.refreshTokenGrant(journey.config, second.refresh_token ?? '');
    await expect(owner).rejects.toMatchObject({ error: 'invalid_grant' });
    // The gateway may know the second for a moment more; the first it has not seen.
    expect(await ask(api, first.access_token)).toMatchObject({ status: 401 });
  });

  it('is given nothing for another verifier, nor for a code a second time', async ({ expect }) => {
    const { api } = await aHost();
    const config = await discover(api, sandbox.memberApp);
    const stolen = await setOut(config);
    const url = await allow(stolen);
    const other = client.randomPKCECodeVerifier();
    await expect(redeem(stolen, url, other)).rejects.toMatchObject({ error: 'invalid_grant' });
    const again = await setOut(config);
    const back = await allow(again);
    const tokens = await redeem(again, back);
    await expect(redeem(again, back)).rejects.toMatchObject({ error: 'invalid_grant' });
    expect(await ask(api, tokens.access_token)).toMatchObject({ status: 401 });
  });

  it('ends what somebody let it do when it takes back its refresh token', async ({ expect }) => {
    const { api } = await aHost();
    const journey = await setOut(await discover(api, sandbox.memberApp));
    const tokens = await redeem(journey, await allow(journey));
    await client.tokenRevocation(journey.config, tokens.refresh_token ?? '');
    expect(await ask(api, tokens.access_token)).toMatchObject({ status: 401 });
  });

  it('is sent away where the person denies it, or cancels', async ({ expect }) => {
    const { api } = await aHost();
    const config = await discover(api, sandbox.memberApp);
    const denied = await setOut(config);
    const { url } = await denied.browser.press(await signIn(denied), 'Deny');
    expect(new URL(url).searchParams.get('error')).toBe('access_denied');
    const canceled = await setOut(config);
    const end = await canceled.browser.press(canceled.page, 'Cancel');
    expect(new URL(end.url).searchParams.get('error')).toBe('access_denied');
  });

  it('may no more than the member may by now, and nothing when he is removed', async ({
    expect,
  }) => {
    const host = await aHost();
    const { api } = host;
    const send = (method: string, path: string, body: object) =>
      call(host, path, { method, body: JSON.stringify(body) });
    const journey = await setOut(await discover(api, sandbox.memberApp), {
      scope: 'openid admin:write sites:read',
    });
    const tokens = await redeem(journey, await allow(journey));
    const invited = Invited.parse(
      await (await send('POST', '/v1/members', { email: 'b@example.com', role: 'owner' })).json(),
    );
    const { browser } = journey;
    const page = await browser.open(invited.invitation_url);
    const refused = await browser.press(page, 'Join', { name: 'B', password: 'short' });
    expect(refused.html.querySelector('[role=alert]')?.text).toContain('12');
    const joined = await browser.press(refused, 'Join', { password: 'violet stone bakery 4' });
    expect(joined.html.querySelector('h1')?.text).toBe('Welcome');
    expect((await browser.open(invited.invitation_url)).status).toBe(400);
    const path = `/v1/members/${tokens.claims()?.sub}`;
    expect((await send('PATCH', path, { role: 'read_only' })).status).toBe(200);
    expect(await ask(api, tokens.access_token)).toMatchObject({ body: { scopes: ['sites:read'] } });
    const fresh = await client.refreshTokenGrant(journey.config, tokens.refresh_token ?? '');
    expect((await send('DELETE', path, {})).status).toBeLessThan(300);
    expect(await ask(api, fresh.access_token)).toMatchObject({ status: 401 });
    await expect(
      client.refreshTokenGrant(journey.config, fresh.refresh_token ?? ''),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});

describe('the authorization server', () => {
  it.for([
    ['another address to come back to', { redirect_uri: 'https://evil.test/' }],
    ['more of an address', { redirect_uri: `${CALLBACK}/more` }],
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }],
    ['PKCE in plain text', { code_challenge_method: 'plain' }],
    ['another response', { response_type: 'token' }],
    ['an unknown client', { client_id: 'oac_nobody' }],
    ['a scope that the client lacks', { scope: 'openid nothing:read' }],
  ] as const)('refuses %s, and sends no code anywhere', async ([, more], { expect }) => {
    const { api } = await aHost();
    const journey = await setOut(await discover(api, sandbox.memberApp), { more });
    expect(journey.page.html.querySelector('input[type=password]')).toBeNull();
    const end = new URL(journey.page.url);
    expect([new URL(api).origin, new URL(CALLBACK).origin]).toContain(end.origin);
    expect(end.searchParams.get('code')).toBeNull();
    if (end.origin === new URL(CALLBACK).origin) expect(end.pathname).toBe('/callback');
  });
});
