import { describe, test } from 'vitest';
import { endpoint as createOauthClient } from '#functions/api/organization/create-oauth-client.ts';
import { endpoint as deleteOauthClient } from '#functions/api/organization/delete-oauth-client.ts';
import { endpoint as updateOauthClient } from '#functions/api/organization/update-oauth-client.ts';
import type { Caller } from '#shared/core/caller.ts';
import { preflight } from '#shared/http/cors.ts';
import { aRead } from '#test/http/an-endpoint.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

const APP = 'https://app.example.com';
const read = { params: { thing_id: 'th_1' } };
const from = (origin: string) => ({ ...read, headers: { origin } });

async function anApp(ctx: TestContext, allowed_origins: readonly string[] = [APP]) {
  const body = {
    ...{ name: 'App', type: 'driver_app', confidential: false, scopes: ['sessions:read'] },
    ...{ redirect_uris: [`${APP}/callback`], allowed_origins },
  };
  return String((await call(ctx, createOauthClient, { body })).body['id']);
}
const tokenOf = (origins?: readonly string[]): { actor: Caller } => ({
  actor: {
    ...{ kind: 'member', id: 'mem_1', clientId: 'oac_1', scopes: ['*'] },
    ...(origins ? { origins } : {}),
  },
});
const allowed = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
  headers['Access-Control-Allow-Origin'];
const ask = (ctx: TestContext, origin: string) =>
  preflight(ctx, {
    ...{ method: 'OPTIONS', path: '/v1/things', params: {}, query: {}, body: undefined },
    headers: { origin, 'access-control-request-method': 'GET' },
  });

describe('an answer', () => {
  test('is for pages of the origins that the client of the token has registered', async ({
    expect,
  }) => {
    const ctx = testContext(tokenOf([APP, 'http://localhost:5173']));
    for (const origin of [APP, 'http://localhost:5173']) {
      const { headers } = await call(ctx, aRead(), from(origin));
      expect(headers).toMatchObject({ 'Access-Control-Allow-Origin': origin, Vary: 'Origin' });
      expect(headers['Access-Control-Expose-Headers']).toContain('RateLimit');
      expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
    }
    const other = await call(ctx, aRead(), from('https://app.example.com.evil.example'));
    expect([other.status, allowed(other), other.headers['Vary']]).toEqual([
      200,
      undefined,
      'Origin',
    ]);
  });

  test('is for no page where an API key asked, whoever has registered what', async ({ expect }) => {
    const ctx = testContext();
    await anApp(ctx);
    expect(allowed(await call(ctx, aRead(), from(APP)))).toBe(undefined);
  });

  test('is for no page of an origin that another client has registered', async ({ expect }) => {
    const ctx = testContext();
    await anApp(ctx);
    expect(allowed(await call(ctx.as(tokenOf([])), aRead(), from(APP)))).toBe(undefined);
  });

  test('tells a registered page that its token is over', async ({ expect }) => {
    const ctx = testContext();
    await anApp(ctx);
    const nobody = ctx.as({ actor: { kind: 'anonymous' } });
    const late = { ...read, headers: { origin: APP, authorization: 'Bearer over' } };
    const refused = await call(nobody, aRead(), late);
    expect([refused.status, allowed(refused)]).toEqual([401, APP]);
    expect(allowed(await call(nobody, aRead(), from('https://evil.example')))).toBe(undefined);
  });

  test('of a public operation is for everybody', async ({ expect }) => {
    const endpoint = aRead(undefined, { scope: 'public' });
    expect(allowed(await call(testContext(), endpoint, from('https://evil.example')))).toBe('*');
  });

  test('to who is no page says nothing of origins', async ({ expect }) => {
    const { headers } = await call(testContext(tokenOf([APP])), aRead(), read);
    expect(Object.keys(headers).filter((name) => /^(access-control|vary)/i.test(name))).toEqual([]);
  });
});

describe('a preflight', () => {
  test('is for origins that some client has registered, as long as one does', async ({
    expect,
  }) => {
    const ctx = testContext();
    const first = await anApp(ctx);
    const second = await anApp(ctx.as({ tenantId: 'far' }));
    expect(await ask(ctx, APP)).toMatchObject({
      status: 204,
      headers: {
        'Access-Control-Allow-Origin': APP,
        'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
        'Access-Control-Max-Age': '600',
      },
    });
    expect((await ask(ctx, APP)).headers['Access-Control-Allow-Headers']).toContain(
      'Authorization',
    );
    await call(ctx, deleteOauthClient, { params: { client_id: first } });
    expect(allowed(await ask(ctx, APP))).toBe(APP);
    await call(ctx.as({ tenantId: 'far' }), updateOauthClient, {
      params: { client_id: second },
      body: { allowed_origins: ['https://other.example.com'] },
    });
    expect(allowed(await ask(ctx, APP))).toBe(undefined);
    expect(allowed(await ask(ctx, 'https://other.example.com'))).toBe('https://other.example.com');
  });

  test.for(['https://evil.example', 'null', '*', '', 'x'.repeat(5000)])(
    'is for nobody else: %.20s',
    async (origin, { expect }) => {
      const ctx = testContext();
      await anApp(ctx);
      const { status, headers } = await ask(ctx, origin);
      expect([status, Object.keys(headers)]).toEqual([204, ['Vary']]);
    },
  );
});
