import { describe, test } from 'vitest';
import { findApiKey } from '#shared/organizations/api-key.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import {
  aKeyWorld,
  askForKey,
  backend,
  createdKey,
  createKey,
  idsOfKeys,
  keyHolder,
  listKeys,
  revokeKey,
} from '#test/support/api-keys.ts';
import { recordedEvents } from '#test/support/outbox.ts';

describe('createApiKey', () => {
  test('shows a secret once, which opens what was asked for', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const body = {
      ...backend,
      site_ids: ['BLR-IND'],
      ip_allowlist: ['203.0.113.0/24'],
      expires_at: '2026-07-01T10:00:00+05:30',
    };
    const reply = await askForKey(ctx, body);
    expect(reply.status).toBe(201);
    const { id, secret, ...rest } = createdKey(reply);
    expect(rest).toMatchObject({
      ...body,
      prefix: secret.slice(0, 12),
      expires_at: '2026-07-01T04:30:00.000Z',
      status: 'active',
      created_by: 'key_test',
      replaced_valid_until: null,
    });
    expect(await findApiKey(ctx.table, secret, ctx.now())).toMatchObject({ id, ...backend });
    const listed = JSON.stringify([await listKeys(ctx), recordedEvents(ctx)]);
    expect(listed).toContain(id);
    expect(listed).not.toContain(secret.slice(12));
    expect(recordedEvents(ctx).at(-1)).toMatchObject({ type: 'api_key.created', subject: id });
  });

  test('makes one key of a request that is repeated, with the same secret', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const first = await askForKey(ctx, backend, { 'idempotency-key': 'k' });
    const again = await askForKey(ctx, backend, { 'idempotency-key': 'k' });
    expect(again.text).toBe(first.text);
    expect(await listKeys(ctx)).toMatchObject({ total: 2 });
  });

  test.for([
    ['a scope that is none', { ...backend, scopes: ['chargers:own'] }],
    ['no scopes', { ...backend, scopes: [] }],
    ['scopes left out', { name: 'Backend' }],
    ['no name', { scopes: ['chargers:read'] }],
    ['a restriction that is misspelt', { ...backend, site_id: ['BLR-IND'] }],
    ['no site at all', { ...backend, site_ids: [] }],
    ['a site that is not there', { ...backend, site_ids: ['BLR-IND', 'XXX'] }],
    ['an address that is none', { ...backend, ip_allowlist: ['203.0.113.0/33'] }],
    ['no address at all', { ...backend, ip_allowlist: [] }],
    ['an end in the past', { ...backend, expires_at: '2026-06-01T04:30:00Z' }],
    ['an overlap with nothing', { ...backend, overlap_seconds: 60 }],
  ] as const)('refuses %s', async ([, body], { expect }) => {
    const { ctx } = await aKeyWorld();
    expect(await askForKey(ctx, body)).toMatchObject({ status: 422 });
    expect(await listKeys(ctx)).toMatchObject({ total: 1 });
  });

  test('never grants what its maker lacks', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const admin = ctx.as({ actor: keyHolder({ scopes: ['admin:write', 'chargers:read'] }) });
    expect(await askForKey(admin, { ...backend, scopes: ['chargers:read', '*'] })).toMatchObject({
      status: 403,
      body: {
        code: 'insufficient_scope',
        errors: [{ field: 'scopes.1', code: 'not_yours' }],
      },
    });
    expect((await askForKey(admin, { ...backend, scopes: ['chargers:write'] })).status).toBe(403);
    expect((await askForKey(admin, backend)).status).toBe(201);
  });

  test('never reaches sites that its maker does not', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const ofSite = ctx.as({ actor: keyHolder({ siteIds: ['BLR-IND'] }) });
    for (const site_ids of [null, ['DEL-1'], ['BLR-IND', 'DEL-1']])
      expect(await askForKey(ofSite, { ...backend, site_ids })).toMatchObject({
        status: 403,
        body: { code: 'site_restricted' },
      });
    expect(await createKey(ofSite, backend)).toMatchObject({ site_ids: ['BLR-IND'] });
  });

  test('is no way round them by replacing a key that may more', async ({ expect }) => {
    const { ctx, first } = await aKeyWorld();
    const admin = ctx.as({ actor: keyHolder({ scopes: ['admin:write', 'chargers:read'] }) });
    expect((await askForKey(admin, { replaces: first })).status).toBe(403);
    const ofSite = ctx.as({ actor: keyHolder({ siteIds: ['BLR-IND'] }) });
    expect((await askForKey(ofSite, { replaces: first })).status).toBe(404);
  });

  test('stops at 200 keys that work', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    for (let n = 1; n < 200; n++) await mintApiKey(ctx, { name: `${n}`, scopes: ['sites:read'] });
    expect(await askForKey(ctx, backend)).toMatchObject({ status: 409 });
    await revokeKey(ctx, (await idsOfKeys(ctx))[0] ?? '');
    expect((await askForKey(ctx, backend)).status).toBe(201);
  });
});
