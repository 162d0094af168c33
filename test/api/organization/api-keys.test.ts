import { describe, test } from 'vitest';
import * as z from 'zod';
import { endpoint as createApiKey } from '#functions/api/organization/create-api-key.ts';
import { endpoint as listApiKeys } from '#functions/api/organization/list-api-keys.ts';
import { endpoint as revokeApiKey } from '#functions/api/organization/revoke-api-key.ts';
import { endpoint as createSite } from '#functions/api/sites/create-site.ts';
import { handler as authorizeRequest } from '#functions/auth/authorize-request.ts';
import type { Actor } from '#shared/core/context.ts';
import { findApiKey } from '#shared/organizations/api-key.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { call, type Reply } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anAuthorizerEvent } from '#test/support/gateway-event.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

const Created = z.looseObject({ id: z.string(), secret: z.string() });
const Listed = z.object({ api_keys: z.array(z.looseObject({ id: z.string() })), total: z.int() });
const backend = { name: 'Backend', scopes: ['chargers:read'] };
const HOUR = 3_600_000;

const ask = (ctx: TestContext, body: object, headers = {}) =>
  call(ctx, createApiKey, { body, headers });
const create = async (ctx: TestContext, body: object) => Created.parse((await ask(ctx, body)).body);
const revoke = (ctx: TestContext, id: string, query = {}, headers = {}): Promise<Reply> =>
  call(ctx, revokeApiKey, { params: { api_key_id: id }, query, headers });
const list = async (ctx: TestContext, query = {}) =>
  Listed.parse((await call(ctx, listApiKeys, { query })).body);
const idsOf = async (ctx: TestContext, query = {}) =>
  (await list(ctx, query)).api_keys.map(({ id }) => id);
const works = async (ctx: TestContext, secret: string) =>
  (await findApiKey(ctx.table, secret, ctx.now())) !== undefined;
const caller = (actor: Partial<Extract<Actor, { kind: 'api_key' }>>): Actor => ({
  ...{ kind: 'api_key', id: 'key_caller', scopes: ['*'] },
  ...actor,
});
/** An organization with a key that may everything, as each begins. */
async function aWorld() {
  const ctx = testContext();
  const first = await mintApiKey(ctx, { name: 'First key', scopes: ['*'] });
  for (const id of ['BLR-IND', 'DEL-1']) await call(ctx, createSite, { body: { id, name: id } });
  return { ctx, first: first.key.id, firstSecret: first.secret };
}

describe('createApiKey', () => {
  test('shows a secret once, which opens what was asked for', async ({ expect }) => {
    const { ctx } = await aWorld();
    const body = {
      ...backend,
      site_ids: ['BLR-IND'],
      ip_allowlist: ['203.0.113.0/24'],
      expires_at: '2026-07-01T10:00:00+05:30',
    };
    const reply = await ask(ctx, body);
    expect(reply.status).toBe(201);
    const { id, secret, ...rest } = Created.parse(reply.body);
    expect(rest).toMatchObject({
      ...body,
      prefix: secret.slice(0, 12),
      expires_at: '2026-07-01T04:30:00.000Z',
      status: 'active',
      created_by: 'key_test',
      replaced_valid_until: null,
    });
    expect(await findApiKey(ctx.table, secret, ctx.now())).toMatchObject({ id, ...backend });
    const listed = JSON.stringify([await list(ctx), recordedEvents(ctx)]);
    expect(listed).toContain(id);
    expect(listed).not.toContain(secret.slice(12));
    expect(recordedEvents(ctx).at(-1)).toMatchObject({ type: 'api_key.created', subject: id });
  });

  test('makes one key of a request that is repeated, with the same secret', async ({ expect }) => {
    const { ctx } = await aWorld();
    const first = await ask(ctx, backend, { 'idempotency-key': 'k' });
    const again = await ask(ctx, backend, { 'idempotency-key': 'k' });
    expect(again.text).toBe(first.text);
    expect(await list(ctx)).toMatchObject({ total: 2 });
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
    const { ctx } = await aWorld();
    expect(await ask(ctx, body)).toMatchObject({ status: 422 });
    expect(await list(ctx)).toMatchObject({ total: 1 });
  });

  test('never grants what its maker lacks', async ({ expect }) => {
    const { ctx } = await aWorld();
    const admin = ctx.as({ actor: caller({ scopes: ['admin:write', 'chargers:read'] }) });
    expect(await ask(admin, { ...backend, scopes: ['chargers:read', '*'] })).toMatchObject({
      status: 403,
      body: {
        code: 'insufficient_scope',
        errors: [{ field: 'scopes.1', code: 'not_yours' }],
      },
    });
    expect((await ask(admin, { ...backend, scopes: ['chargers:write'] })).status).toBe(403);
    expect((await ask(admin, backend)).status).toBe(201);
  });

  test('never reaches sites that its maker does not', async ({ expect }) => {
    const { ctx } = await aWorld();
    const ofSite = ctx.as({ actor: caller({ siteIds: ['BLR-IND'] }) });
    for (const site_ids of [null, ['DEL-1'], ['BLR-IND', 'DEL-1']])
      expect(await ask(ofSite, { ...backend, site_ids })).toMatchObject({
        status: 403,
        body: { code: 'site_restricted' },
      });
    expect(await create(ofSite, backend)).toMatchObject({ site_ids: ['BLR-IND'] });
  });

  test('is no way round them by replacing a key that may more', async ({ expect }) => {
    const { ctx, first } = await aWorld();
    const admin = ctx.as({ actor: caller({ scopes: ['admin:write', 'chargers:read'] }) });
    expect((await ask(admin, { replaces: first })).status).toBe(403);
    const ofSite = ctx.as({ actor: caller({ siteIds: ['BLR-IND'] }) });
    expect((await ask(ofSite, { replaces: first })).status).toBe(404);
  });

  test('stops at 200 keys that work', async ({ expect }) => {
    const { ctx } = await aWorld();
    for (let n = 1; n < 200; n++) await mintApiKey(ctx, { name: `${n}`, scopes: ['sites:read'] });
    expect(await ask(ctx, backend)).toMatchObject({ status: 409 });
    await revoke(ctx, (await idsOf(ctx))[0] ?? '');
    expect((await ask(ctx, backend)).status).toBe(201);
  });
});

describe('a key that takes the place of another', () => {
  test('is as that was, and both work until the overlap is over', async ({ expect }) => {
    const { ctx } = await aWorld();
    const rules = { site_ids: ['BLR-IND'], ip_allowlist: ['2001:db8::/32'] };
    const old = await create(ctx, { ...backend, ...rules });
    const next = await create(ctx, { replaces: old.id, overlap_seconds: 7200 });
    expect(next).toMatchObject({
      ...{ ...backend, ...rules, replaces: old.id },
      replaced_valid_until: '2026-06-01T06:30:00.000Z',
    });
    expect(recordedEvents(ctx).slice(-2)).toMatchObject([
      { type: 'api_key.created', subject: next.id },
      { type: 'api_key.revoked', subject: old.id, previous: { revoked_at: null } },
    ]);
    expect(await list(ctx, { ids: old.id })).toMatchObject({ api_keys: [{ status: 'active' }] });
    ctx.tick(2 * HOUR - 1);
    expect(await works(ctx, old.secret)).toBe(true);
    ctx.tick(1);
    expect(await works(ctx, old.secret)).toBe(false);
    expect(await works(ctx, next.secret)).toBe(true);
    expect(await idsOf(ctx, { status: 'revoked' })).toEqual([old.id]);
  });

  test('may be that of the last key of all, even at once', async ({ expect }) => {
    const { ctx, first, firstSecret } = await aWorld();
    const next = await create(ctx, { replaces: first, overlap_seconds: 0 });
    expect(next).toMatchObject({ name: 'First key', scopes: ['*'] });
    expect(await works(ctx, firstSecret)).toBe(false);
  });

  test('leaves the last key in its place where it could grant less', async ({ expect }) => {
    const { ctx, first, firstSecret } = await aWorld();
    const less = { replaces: first, scopes: ['admin:read', 'admin:write'] };
    expect(await ask(ctx, less)).toMatchObject({ status: 409 });
    const soonOver = { replaces: first, expires_at: '2026-06-02T00:00:00Z' };
    expect(await ask(ctx, soonOver)).toMatchObject({ status: 409 });
    expect(await works(ctx, firstSecret)).toBe(true);
    expect(await list(ctx)).toMatchObject({ total: 1 });
  });

  test('cannot be that of a key that is over, nor of another organization', async ({ expect }) => {
    const { ctx } = await aWorld();
    const old = await create(ctx, backend);
    await revoke(ctx, old.id);
    expect(await ask(ctx, { replaces: old.id })).toMatchObject({ status: 409 });
    const other = ctx.as({ tenantId: 'acme' });
    expect(await ask(other, { replaces: old.id })).toMatchObject({ status: 404 });
  });
});

describe('revokeApiKey', () => {
  test('ends a key at once, and says so once', async ({ expect }) => {
    const { ctx } = await aWorld();
    const { id, secret } = await create(ctx, backend);
    const { status, body } = await revoke(ctx, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'revoked',
      revoked_at: '2026-06-01T04:30:00.000Z',
      resource_version: 2,
    });
    expect(await works(ctx, secret)).toBe(false);
    ctx.tick(HOUR);
    expect((await revoke(ctx, id)).body).toEqual(body);
    const told = recordedEvents(ctx).filter(({ type }) => type === 'api_key.revoked');
    expect(told).toMatchObject([{ subject: id, version: 2, object: body }]);
  });

  test('brings an end forward, and never puts it off', async ({ expect }) => {
    const { ctx } = await aWorld();
    const { id } = await create(ctx, backend);
    const inAnHour = await revoke(ctx, id, { overlap_seconds: 3600 });
    expect(inAnHour.body).toMatchObject({ status: 'active', resource_version: 2 });
    const inTwo = await revoke(ctx, id, { overlap_seconds: 7200 });
    expect(inTwo.body).toEqual(inAnHour.body);
    expect((await revoke(ctx, id)).body).toMatchObject({ status: 'revoked' });
  });

  test('leaves the last key that can make keys, whoever asks', async ({ expect }) => {
    const { ctx, first, firstSecret } = await aWorld();
    await create(ctx, backend);
    await create(ctx, { name: 'Small admin', scopes: ['admin:write'] });
    await create(ctx, { name: 'For a week', scopes: ['*'], expires_at: '2026-06-08T00:00:00Z' });
    await create(ctx, { name: 'Of a site', scopes: ['*'], site_ids: ['BLR-IND'] });
    for (const query of [{}, { overlap_seconds: 86_400 }])
      expect(await revoke(ctx, first, query)).toMatchObject({
        status: 409,
        body: { code: 'conflict' },
      });
    expect(await works(ctx, firstSecret)).toBe(true);
    await create(ctx, { name: 'Second', scopes: ['*'] });
    expect((await revoke(ctx, first)).status).toBe(200);
  });

  test('of two keys that could stand in for each other, never ends both', async ({ expect }) => {
    const { ctx, first } = await aWorld();
    const second = await create(ctx, { name: 'Second', scopes: ['*'] });
    const replies = await Promise.all([revoke(ctx, first), revoke(ctx, second.id)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await idsOf(ctx, { status: 'active' })).toHaveLength(1);
  });

  test('is refused to whoever has read an older version', async ({ expect }) => {
    const { ctx } = await aWorld();
    const { id } = await create(ctx, backend);
    await revoke(ctx, id, { overlap_seconds: 3600 });
    expect((await revoke(ctx, id, {}, { 'if-match': '"1"' })).status).toBe(412);
  });

  test('finds no key of another organization, nor one of more sites', async ({ expect }) => {
    const { ctx, first } = await aWorld();
    const { id, secret } = await create(ctx, { ...backend, site_ids: ['BLR-IND', 'DEL-1'] });
    const other = ctx.as({ tenantId: 'acme' });
    const ofSite = ctx.as({ actor: caller({ siteIds: ['BLR-IND'] }) });
    const unknown = await revoke(ctx, 'key_unknown');
    for (const [who, key] of [
      [other, id],
      [other, first],
      [ofSite, id],
      [ofSite, first],
    ] as const) {
      const { status, body } = await revoke(who, key);
      expect(status).toBe(404);
      expect(body['detail']).toBe(unknown.body['detail']);
    }
    expect(await works(ctx, secret)).toBe(true);
    expect(await list(other)).toEqual({ api_keys: [], total: 0 });
    expect(await list(ofSite)).toEqual({ api_keys: [], total: 0 });
  });
});

describe('listApiKeys', () => {
  test('goes through all of them, the newest first, page by page', async ({ expect }) => {
    const { ctx, first } = await aWorld();
    const made = [first];
    for (let n = 0; n < 4; n++) {
      ctx.tick(1000);
      made.unshift((await create(ctx, backend)).id);
    }
    const page = (query: object) => call(ctx, listApiKeys, { query: { limit: 2, ...query } });
    const one = await page({});
    expect(one.body).toMatchObject({ total: 5 });
    const two = await page({ cursor: one.body['next_cursor'] });
    const three = await page({ cursor: two.body['next_cursor'] });
    const ids = [one, two, three].flatMap(({ body }) =>
      Listed.parse(body).api_keys.map(({ id }) => id),
    );
    expect(ids).toEqual(made);
    expect(three.body['next_cursor']).toBe(null);
  });

  test('forgets a key 90 days after its end', async ({ expect }) => {
    const { ctx, first } = await aWorld();
    const { id } = await create(ctx, backend);
    await revoke(ctx, id);
    ctx.tick(90 * 24 * HOUR - 1000);
    expect(await idsOf(ctx)).toEqual([id, first]);
    ctx.tick(2000);
    expect(await idsOf(ctx)).toEqual([first]);
  });

  test('is not for a key that may not see them', async ({ expect }) => {
    const { ctx } = await aWorld();
    const driver = ctx.as({ actor: caller({ scopes: ['sessions:read'] }) });
    expect((await call(driver, listApiKeys)).status).toBe(403);
    expect((await ask(driver, backend)).status).toBe(403);
  });

  test('shows when a key was last used', async ({ expect }) => {
    const { ctx, first, firstSecret } = await aWorld();
    useTestRuntime(ctx);
    await authorizeRequest(anAuthorizerEvent({ Authorization: `Bearer ${firstSecret}` }));
    expect(await list(ctx)).toMatchObject({
      api_keys: [{ id: first, last_used_at: '2026-06-01T04:30:00.000Z', resource_version: 1 }],
    });
  });
});
