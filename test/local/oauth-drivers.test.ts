import * as client from 'openid-client';
import { describe, it } from 'vitest';
import { sandbox } from '#local/sandbox.ts';
import type { Browser, Shown } from '#test/support/browser.ts';
import { aHost, call } from '#test/support/local-host.ts';
import { ask, discover, redeem, setOut } from '#test/support/oauth-app.ts';

const EMAIL = 'asha@example.com';
const SCOPE = 'openid email chargers:read sessions:read sessions:write';

/** The page that asks for the code, in test mode with the code on it. */
const askForCode = (browser: Browser, page: Shown, email = EMAIL) =>
  browser.press(page, 'Send me a code', { email });
const codeOn = (page: Shown) => page.html.querySelector('.note code')?.text ?? '';

describe('an app for drivers', () => {
  it('signs a driver in by a code, to what is his own', async ({ expect }) => {
    const host = await aHost();
    const journey = await setOut(await discover(host.api, sandbox.driverApp), { scope: SCOPE });
    const { browser } = journey;
    const page = await askForCode(browser, journey.page);
    const wrong = await browser.press(page, 'Sign in', { code: '000000' });
    expect(wrong.html.querySelector('[role=alert]')?.text).toBe('This is not the code.');
    const consent = await browser.press(wrong, 'Sign in', { code: codeOn(page) });
    expect(consent.text).toContain(EMAIL);
    const { url } = await browser.press(consent, 'Allow');
    const tokens = await redeem(journey, url);
    const id = tokens.claims()?.sub ?? '';
    const driver = { type: 'driver', id, client_id: sandbox.driverApp };
    expect(await ask(host.api, tokens.access_token)).toMatchObject({
      status: 200,
      body: { credential: driver },
    });
    for (const path of ['/v1/sessions', '/v1/chargers/BLR-014/status'])
      expect(await ask(host.api, tokens.access_token, path)).toMatchObject({ status: 200 });
    expect(await ask(host.api, tokens.access_token, '/v1/api-keys')).toMatchObject({ status: 403 });
    const info = await client.fetchUserInfo(journey.config, tokens.access_token, id);
    expect(info).toMatchObject({ email: EMAIL, email_verified: true });
    const blocked = { method: 'PATCH', body: JSON.stringify({ status: 'blocked' }) };
    expect((await call(host, `/v1/drivers/${id}`, blocked)).status).toBe(200);
    await expect(
      client.refreshTokenGrant(journey.config, tokens.refresh_token ?? ''),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
    expect(await client.tokenIntrospection(journey.config, tokens.access_token)).toEqual({
      active: false,
    });
  });

  it('takes no code for good that was tried too often', async ({ expect }) => {
    const host = await aHost();
    const journey = await setOut(await discover(host.api, sandbox.driverApp), { scope: SCOPE });
    const page = await askForCode(journey.browser, journey.page);
    for (let n = 0; n < 5; n++) await journey.browser.press(page, 'Sign in', { code: '000000' });
    const late = await journey.browser.press(page, 'Sign in', { code: codeOn(page) });
    expect(late.html.querySelector('[role=alert]')?.text).toContain('over');
  });

  it('is no way in for members, nor an app for members one for drivers', async ({ expect }) => {
    const host = await aHost();
    const { browser, page } = await setOut(await discover(host.api, sandbox.driverApp));
    expect(page.html.querySelector('input[type=password]')).toBeNull();
    const forgot = await browser.open(`${page.url}/forgot`);
    expect(forgot.status).toBe(400);
    const members = await setOut(await discover(host.api, sandbox.memberApp), { browser });
    const mark = members.page.html.querySelector('input[name=mark]')?.getAttribute('value') ?? '';
    const code = await browser.open(`${members.page.url}/code`, {
      method: 'POST',
      body: new URLSearchParams({ mark, challenge: 'dsi_x', code: '424242' }),
    });
    expect(code.status).toBe(400);
  });

  it('asks a member who is signed in to sign in as a driver', async ({ expect }) => {
    const host = await aHost();
    const { browser, page } = await setOut(await discover(host.api, sandbox.memberApp));
    await browser.press(page, 'Sign in', { ...sandbox.owner });
    const journey = await setOut(await discover(host.api, sandbox.driverApp), { browser });
    expect(journey.page.html.querySelector('h1')?.text).toBe('Sign in');
    const code = await askForCode(browser, journey.page);
    const consent = await browser.press(code, 'Sign in', { code: codeOn(code) });
    expect(consent.text).toContain(`You are signed in as ${EMAIL}`);
    const { url } = await browser.press(consent, 'Allow');
    const tokens = await redeem(journey, url);
    expect(await ask(host.api, tokens.access_token)).toMatchObject({
      body: { credential: { type: 'driver' } },
    });
  });
});
