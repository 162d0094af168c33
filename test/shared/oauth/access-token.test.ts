import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import * as jose from 'jose';
import { describe, test } from 'vitest';
import { keys } from '#shared/db/keys.ts';
import { allSigningKeys } from '#shared/oauth/signing-key.ts';
import { claimsOf, signed, whoCalls } from '#test/support/access-tokens.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import {
  changeClient,
  createClient,
  deleteClient,
  memberApp,
  service,
} from '#test/support/oauth-clients.ts';

const anonymous = { tenantId: '', livemode: false, actor: { kind: 'anonymous' } };
const MINUTE = 60_000;

async function aService(differences: object = {}) {
  const ctx = testContext();
  const { id } = await createClient(ctx, { ...service, ...differences });
  return { ctx, id };
}

describe('an access token of a service', () => {
  test('is the service, with its scopes', async ({ expect }) => {
    const { ctx, id } = await aService();
    expect(await whoCalls(ctx, await signed(ctx, claimsOf(ctx, id)))).toEqual({
      tenantId: 'demo',
      livemode: false,
      actor: { kind: 'oauth_client', id, scopes: ['chargers:read'] },
    });
  });

  test('may no more than was granted, nor than its client may by now', async ({ expect }) => {
    const { ctx, id } = await aService({ scopes: ['chargers:read', 'sites:read'] });
    const token = await signed(
      ctx,
      claimsOf(ctx, id, { scope: 'openid chargers:read sites:read' }),
    );
    await changeClient(ctx, id, { scopes: ['sites:read', 'sessions:read'] });
    expect((await whoCalls(ctx, token)).actor).toMatchObject({ scopes: ['sites:read'] });
  });

  test('reaches the sites that token and client both do', async ({ expect }) => {
    const { ctx, id } = await aService();
    const token = await signed(ctx, claimsOf(ctx, id, { site_ids: ['A', 'B'] }));
    expect((await whoCalls(ctx, token)).actor).toMatchObject({ siteIds: ['A', 'B'] });
    const row = keys.oauthClient(id);
    await ctx.table.write([{ op: 'update', key: row, set: { site_ids: ['B', 'C'] } }]);
    expect((await whoCalls(ctx, token)).actor).toMatchObject({ siteIds: ['B'] });
    await ctx.table.write([{ op: 'update', key: row, set: { site_ids: ['C'] } }]);
    expect(await whoCalls(ctx, token)).toEqual(anonymous);
  });

  test('is none from its last second on', async ({ expect }) => {
    const { ctx, id } = await aService();
    const token = await signed(ctx, claimsOf(ctx, id));
    ctx.tick(10 * MINUTE - 1000);
    expect((await whoCalls(ctx, token)).actor.kind).toBe('oauth_client');
    ctx.tick(1000);
    expect(await whoCalls(ctx, token)).toEqual(anonymous);
  });

  test('is none when its client is deleted', async ({ expect }) => {
    const { ctx, id } = await aService();
    const token = await signed(ctx, claimsOf(ctx, id));
    await deleteClient(ctx, id);
    expect(await whoCalls(ctx, token)).toEqual(anonymous);
  });

  test('is none when it was revoked', async ({ expect }) => {
    const { ctx, id } = await aService();
    const claims = claimsOf(ctx, id);
    await ctx.table.write([{ op: 'put', item: keys.revokedToken(claims.jti) }]);
    expect(await whoCalls(ctx, await signed(ctx, claims))).toEqual(anonymous);
  });
});

type Forgery = (ctx: TestContext, id: string) => Promise<string> | string;
const strange = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const forgeries: readonly [string, Forgery][] = [
  ['of another issuer', (ctx, id) => signed(ctx, claimsOf(ctx, id, { iss: 'https://evil.test' }))],
  ['for somebody else', (ctx, id) => signed(ctx, claimsOf(ctx, id, { aud: 'https://else.test' }))],
  ['for nobody', (ctx, id) => signed(ctx, claimsOf(ctx, id, { aud: undefined }))],
  ['without an end', (ctx, id) => signed(ctx, claimsOf(ctx, id, { exp: undefined }))],
  ['that is an ID token', (ctx, id) => signed(ctx, claimsOf(ctx, id), { typ: 'JWT' })],
  ['that does not say what it is', (ctx, id) => signed(ctx, claimsOf(ctx, id), { typ: undefined })],
  [
    'of another organization',
    (ctx, id) => signed(ctx, claimsOf(ctx, id, { organization_id: 'x' })),
  ],
  ['of the other mode', (ctx, id) => signed(ctx, claimsOf(ctx, id, { livemode: true }))],
  ['of an unknown client', (ctx) => signed(ctx, claimsOf(ctx, 'oac_nobody'))],
  ['that says it is a member', (ctx, id) => signed(ctx, claimsOf(ctx, id, { kind: 'member' }))],
  ['of a kind there is not', (ctx, id) => signed(ctx, claimsOf(ctx, id, { kind: 'api_key' }))],
  [
    'that is not signed',
    (ctx, id) => `${base64({ alg: 'none', typ: 'at+jwt' })}.${base64(claimsOf(ctx, id))}.`,
  ],
  [
    'signed with the public key as a password',
    async (ctx, id) => {
      await signed(ctx, claimsOf(ctx, id));
      const [key] = await allSigningKeys(ctx);
      const pem = JSON.stringify(key?.public_jwk);
      return new jose.SignJWT({ ...claimsOf(ctx, id) })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: key?.kid ?? '' })
        .sign(new TextEncoder().encode(pem));
    },
  ],
  [
    'signed by a stranger under our key’s name',
    async (ctx, id) => {
      await signed(ctx, claimsOf(ctx, id));
      const [key] = await allSigningKeys(ctx);
      return new jose.SignJWT({ ...claimsOf(ctx, id) })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: key?.kid ?? '' })
        .sign(strange);
    },
  ],
  [
    'with a key of its own in it',
    async (ctx, id) => {
      const { n, e } = await jose.exportJWK(createPublicKey(strange));
      const jwk = { kty: 'RSA', n: n ?? '', e: e ?? '' };
      return new jose.SignJWT({ ...claimsOf(ctx, id) })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', jwk })
        .sign(strange);
    },
  ],
  [
    'that was changed on the way',
    async (ctx, id) => {
      const [head, , signature] = (await signed(ctx, claimsOf(ctx, id))).split('.');
      return [head, base64(claimsOf(ctx, id, { scope: 'admin:write' })), signature].join('.');
    },
  ],
];

describe('a token', () => {
  test.for(forgeries)('%s opens nothing', async ([, forge], { expect }) => {
    const { ctx, id } = await aService();
    expect((await whoCalls(ctx, await signed(ctx, claimsOf(ctx, id)))).tenantId).toBe('demo');
    expect(await whoCalls(ctx, await forge(ctx, id))).toEqual(anonymous);
  });

  test('of one host opens nothing at another of the same deployment', async ({ expect }) => {
    const { ctx, id } = await aService();
    const token = await signed(ctx, claimsOf(ctx, id));
    const elsewhere = { 'x-public-host': 'other.magma.test' };
    expect(await whoCalls(ctx, token, elsewhere)).toEqual(anonymous);
    const here = { 'x-public-host': 'api.magma.test' };
    expect((await whoCalls(ctx, token, here)).tenantId).toBe('demo');
  });

  test('of a service is none for an app, and says nothing of people', async ({ expect }) => {
    const ctx = testContext();
    const { id } = await createClient(ctx, memberApp);
    expect(await whoCalls(ctx, await signed(ctx, claimsOf(ctx, id)))).toEqual(anonymous);
  });

  test('that is no token, nor a key, costs no read', async ({ expect }) => {
    const ctx = testContext();
    for (const text of ['eyJ', 'a.b.c', 'eyJ.eyJ.', `eyJ${'x'.repeat(9000)}.a.b`, 'mk_test_x'])
      expect(await whoCalls(ctx, text)).toEqual(anonymous);
  });
});
