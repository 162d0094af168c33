import * as client from 'openid-client';
import { describe, it } from 'vitest';
import * as z from 'zod';
import type { Host } from '#local/host.ts';
import { sandbox } from '#local/sandbox.ts';
import { Browser } from '#test/support/browser.ts';
import { aHost, call } from '#test/support/local-host.ts';
import { allow, ask, CALLBACK, discover, redeem, setOut, signIn } from '#test/support/oauth-app.ts';

const Created = z.object({ id: z.string() });

/** Another app of the sandbox's. */
async function anApp(host: Host, differences: object = {}) {
  const body = {
    ...{ type: 'member_app', name: 'Other app', confidential: false },
    ...{ scopes: ['chargers:read'], redirect_uris: [CALLBACK] },
    ...differences,
  };
  const answer = await call(host, '/v1/oauth-clients', {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return Created.parse(await answer.json()).id;
}

describe('the pages of a sign-in', () => {
  it('tell nothing of who is a member, and give in to no guessing', async ({ expect }) => {
    const { api } = await aHost();
    const journey = await setOut(await discover(api, sandbox.memberApp));
    const wrong = await signIn(journey, { password: 'wrong' });
    const nobody = await signIn(journey, { email: 'nobody@example.com', password: 'wrong' });
    const alertOf = (page: typeof wrong) => page.html.querySelector('[role=alert]')?.text;
    expect([wrong.status, alertOf(wrong)]).toEqual([nobody.status, alertOf(nobody)]);
    for (let n = 0; n < 9; n++) await signIn(journey, { password: 'wrong' });
    const braked = await signIn(journey);
    expect(alertOf(braked)).toContain('Too many');
    const forgot = async (email: string) => {
      const page = await journey.browser.open(
        new URL(journey.page.html.querySelector('a')?.getAttribute('href') ?? '', api),
      );
      return (await journey.browser.press(page, 'Send the link', { email })).text;
    };
    const known = (await forgot(sandbox.owner.email)).replaceAll(sandbox.owner.email, '…');
    expect(
      await forgot('nobody@example.com').then((t) => t.replaceAll('nobody@example.com', '…')),
    ).toBe(known);
  });

  it('take no form that another site has sent, nor one without its mark', async ({ expect }) => {
    const { api } = await aHost();
    const journey = await setOut(await discover(api, sandbox.memberApp));
    const action = new URL(
      journey.page.html.querySelector('form')?.getAttribute('action') ?? '',
      api,
    );
    const mark = journey.page.html.querySelector('input[name=mark]')?.getAttribute('value') ?? '';
    const send = (fields: Record<string, string>, headers: Record<string, string>) =>
      journey.browser.open(action, {
        method: 'POST',
        body: new URLSearchParams({ ...sandbox.owner, ...fields }),
        headers,
      });
    const refusals = await Promise.all([
      send({ mark }, { Origin: 'https://evil.test' }),
      send({ mark }, { Origin: 'null' }),
      send({ mark }, { 'Sec-Fetch-Site': 'cross-site' }),
      send({ mark }, { 'Sec-Fetch-Site': 'same-site' }),
      send({ mark: `${mark}x` }, {}),
      send({}, {}),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 400));
    expect(refusals.every(({ text }) => !text.includes('Let Sandbox app in'))).toBe(true);
    const stranger = new Browser(api);
    const form = { method: 'POST', body: new URLSearchParams({ ...sandbox.owner, mark }) };
    expect((await stranger.open(action, form)).status).toBe(400);
    expect((await send({ mark }, { Origin: api })).text).toContain('Let Sandbox app in');
  });

  it('let nobody in who has not signed in', async ({ expect }) => {
    const { api } = await aHost();
    const journey = await setOut(await discover(api, sandbox.memberApp));
    const action = journey.page.html.querySelector('form')?.getAttribute('action') ?? '';
    const mark = journey.page.html.querySelector('input[name=mark]')?.getAttribute('value') ?? '';
    const skip = await journey.browser.open(`${action}/consent`, {
      method: 'POST',
      body: new URLSearchParams({ mark, answer: 'allow' }),
      headers: { Origin: api },
    });
    expect([skip.status, skip.url.startsWith(CALLBACK)]).toEqual([400, false]);
  });

  it('show a name that is markup as the text it is', async ({ expect }) => {
    const host = await aHost();
    const name = `<img src=x onerror=alert(1)>"'&`;
    const id = await anApp(host, { name });
    const journey = await setOut(await discover(host.api, id), {
      more: { login_hint: `"><script>alert(1)</script>` },
    });
    const consent = await signIn(journey);
    for (const page of [journey.page, consent]) {
      expect(page.html.querySelectorAll('img, script')).toEqual([]);
      expect(page.text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    }
    const broken = await journey.browser.open(
      `/oauth2/authorize?client_id=${encodeURIComponent('<script>alert(1)</script>')}`,
    );
    expect(broken.html.querySelectorAll('script')).toEqual([]);
    expect(broken.status).toBe(400);
  });

  it('may be held in no frame, and keep their cookies from scripts and other sites', async ({
    expect,
  }) => {
    const { api } = await aHost();
    const { page } = await setOut(await discover(api, sandbox.memberApp));
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`form-action 'self' ${new URL(CALLBACK).origin}`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const answer = await fetch(
      `${api}/oauth2/authorize?${new URLSearchParams({
        ...{ client_id: sandbox.memberApp, response_type: 'code', redirect_uri: CALLBACK },
        ...{ scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' },
      })}`,
      { redirect: 'manual' },
    );
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(1);
    for (const cookie of cookies) expect(cookie).toMatch(/; samesite=lax; httponly$/i);
  });

  it('ask again for consent to more, and not for what was let in before', async ({ expect }) => {
    const host = await aHost();
    const id = await anApp(host, { redirect_uris: ['https://app.example.com/cb'] });
    const config = await discover(host.api, id);
    const browser = new Browser(host.api);
    const there = { redirect_uri: 'https://app.example.com/cb' };
    const first = await setOut(config, { browser, scope: 'openid', more: there });
    await browser.press(await signIn(first), 'Allow');
    const again = await setOut(config, { browser, scope: 'openid', more: there });
    expect(new URL(again.page.url).searchParams.get('code')).toMatch(/.+/);
    const more = await setOut(config, { browser, scope: 'openid chargers:read', more: there });
    expect(more.page.html.querySelector('h1')?.text).toBe('Let Other app in?');
  });

  it('sign somebody out, and end what came of his sign-in', async ({ expect }) => {
    const { api } = await aHost();
    const journey = await setOut(await discover(api, sandbox.memberApp));
    const tokens = await redeem(journey, await allow(journey));
    const { browser, config } = journey;
    const url = client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token ?? '' });
    const page = await browser.open(url);
    const out = await browser.press(page, 'Sign out');
    expect(out.html.querySelector('h1')?.text).toBe('You are signed out');
    expect(await ask(api, tokens.access_token)).toMatchObject({ status: 401 });
    const next = await setOut(config, { browser });
    expect(next.page.html.querySelector('h1')?.text).toBe('Sign in');
  });

  it('let somebody go on as another', async ({ expect }) => {
    const { api } = await aHost();
    const journey = await setOut(await discover(api, sandbox.memberApp));
    const consent = await signIn(journey);
    const page = await journey.browser.press(consent, 'Use another account');
    expect(page.html.querySelector('h1')?.text).toBe('Sign in');
    const url = await allow({ ...journey, page });
    expect(await redeem(journey, url)).toMatchObject({ token_type: 'bearer' });
  });
});
