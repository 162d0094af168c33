import { test } from 'vitest';
import { sha256 } from '#shared/core/ids.ts';
import { keys } from '#shared/db/keys.ts';
import { findApiKey } from '#shared/organizations/api-key.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { testContext } from '#test/support/context.ts';

const wanted = { name: 'Backend', scopes: ['chargers:read'] };

test('a key is found by its secret, with what it may do', async ({ expect }) => {
  const ctx = testContext();
  const { key, secret } = await mintApiKey(ctx, { ...wanted, siteIds: ['BLR-IND'] });
  expect(await findApiKey(ctx.table, secret, ctx.now())).toEqual(key);
  expect(key).toMatchObject({
    organization_id: 'demo',
    livemode: false,
    prefix: secret.slice(0, 12),
    scopes: ['chargers:read'],
    site_ids: ['BLR-IND'],
    expires_at: null,
    revoked_at: null,
  });
});

test('a secret says its mode and is long enough never to be guessed', async ({ expect }) => {
  const live = testContext({ tenantId: 'acme', livemode: true });
  expect((await mintApiKey(testContext(), wanted)).secret).toMatch(/^mk_test_[0-9A-Za-z]{38}$/);
  expect((await mintApiKey(live, wanted)).secret).toMatch(/^mk_live_[0-9A-Za-z]{38}$/);
});

test('two keys never have the same secret', async ({ expect }) => {
  const ctx = testContext();
  const secrets = await Promise.all(Array.from({ length: 50 }, () => mintApiKey(ctx, wanted)));
  expect(new Set(secrets.map(({ secret }) => secret)).size).toBe(50);
});

test('the table holds no secret, only its hash', async ({ expect }) => {
  const ctx = testContext();
  const { secret } = await mintApiKey(ctx, wanted);
  const row = await ctx.table.get(keys.apiKey(sha256(secret)));
  expect(row).toMatchObject({ name: 'Backend' });
  expect(JSON.stringify(row)).not.toContain(secret.slice(12));
});

test('a revoked key, and one past its time, is no key', async ({ expect }) => {
  const ctx = testContext();
  const { secret } = await mintApiKey(ctx, { ...wanted, expiresAt: '2026-06-01T05:00:00.000Z' });
  expect(await findApiKey(ctx.table, secret, ctx.now())).toBeDefined();
  ctx.tick(30 * 60_000);
  expect(await findApiKey(ctx.table, secret, ctx.now())).toBeUndefined();
  const other = await mintApiKey(ctx, wanted);
  const key = keys.apiKey(sha256(other.secret));
  const revoked_at = ctx.now().toISOString();
  await ctx.table.write([{ op: 'update', key, set: { revoked_at } }]);
  expect(await findApiKey(ctx.table, other.secret, ctx.now())).toBeUndefined();
});

test('a mistyped secret is refused without asking the table', async ({ expect }) => {
  const ctx = testContext();
  const { secret } = await mintApiKey(ctx, wanted);
  // A closed table fails every read.
  ctx.table.close();
  const last = secret.endsWith('0') ? '1' : '0';
  const wrong = ['', 'Bearer', secret.slice(0, -1) + last, secret.toUpperCase(), `${secret}0`];
  for (const text of wrong) expect(await findApiKey(ctx.table, text, ctx.now())).toBeUndefined();
  await expect(findApiKey(ctx.table, secret, ctx.now())).rejects.toThrow();
});

test('a key for no site at all cannot be made, since it would be one for all', async ({
  expect,
}) => {
  await expect(mintApiKey(testContext(), { ...wanted, siteIds: [] })).rejects.toThrow();
});
