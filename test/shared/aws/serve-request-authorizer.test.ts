import { describe, test } from 'vitest';
import { handler } from '#functions/auth/authorize-request.ts';
import { sha256 } from '#shared/core/ids.ts';
import { keys } from '#shared/db/keys.ts';
import { identifyApiKey } from '#shared/organizations/identify-api-key.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { allApiKeys } from '#shared/organizations/organization-keys.ts';
import { testContext } from '#test/support/context.ts';
import { anAuthorizerEvent } from '#test/support/gateway-event.ts';
import { useTestRuntime } from '#test/support/runtime.ts';

const EVERYTHING = 'arn:aws:execute-api:ap-south-1:123456789012:abc123/main/*';
const nobody = { organization_id: '', credential_id: '' };

async function aKey(siteIds?: readonly string[]) {
  const ctx = testContext();
  const scopes = ['chargers:read', 'sessions:write'];
  const minted = await mintApiKey(ctx, { name: 'a', scopes, ...(siteIds ? { siteIds } : {}) });
  return { ctx, ...minted };
}

describe('the request authorizer', () => {
  test('tells whose key it is, what it may do and where', async ({ expect }) => {
    const { ctx, key, secret } = await aKey(['BLR-IND', 'DEL-1']);
    useTestRuntime(ctx);
    const answer = await handler(anAuthorizerEvent({ Authorization: `Bearer ${secret}` }));
    expect(answer.context).toEqual({
      organization_id: 'demo',
      livemode: 'false',
      credential_id: key.id,
      credential_type: 'api_key',
      client_id: '',
      scopes: 'chargers:read sessions:write',
      site_ids: 'BLR-IND,DEL-1',
      origins: '',
    });
    expect(answer.principalId).toBe(key.id);
  });

  test('answers for the whole API, so that the answer can be kept', async ({ expect }) => {
    const { ctx, secret } = await aKey();
    useTestRuntime(ctx);
    const answer = await handler(anAuthorizerEvent({ authorization: `bearer ${secret}` }));
    expect(answer.context).toMatchObject({ organization_id: 'demo', site_ids: '' });
    expect(answer.policyDocument.Statement).toEqual([
      { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: EVERYTHING },
    ]);
  });

  test.for([
    ['no header', {}],
    ['a key that never was', { Authorization: `Bearer mk_test_${'0'.repeat(38)}` }],
    ['another scheme', { Authorization: 'Basic YTpi' }],
    ['an empty one', { Authorization: 'Bearer ' }],
  ] as const)('lets %s through as nobody', async ([, headers], { expect }) => {
    useTestRuntime(testContext());
    const answer = await handler(anAuthorizerEvent(headers));
    expect(answer.context).toEqual(nobody);
    expect(answer.policyDocument.Statement).toMatchObject([{ Effect: 'Allow' }]);
  });

  test('refuses whoever went round the edge, even with a good key', async ({ expect }) => {
    const { ctx, secret } = await aKey();
    useTestRuntime(ctx, { originSecret: 'from-the-edge' });
    const headers = { Authorization: `Bearer ${secret}` };
    const verdict = async (more: Record<string, string>) => {
      const answer = await handler(anAuthorizerEvent({ ...headers, ...more }));
      return answer.policyDocument.Statement.map(({ Effect }) => Effect);
    };
    expect(await verdict({})).toEqual(['Deny']);
    expect(await verdict({ 'x-origin-verify': 'guess' })).toEqual(['Deny']);
    expect(await verdict({ 'x-origin-verify': 'from-the-edge' })).toEqual(['Allow']);
  });

  test('takes a key from the addresses it is for, and from nowhere else', async ({ expect }) => {
    const ctx = testContext();
    const ipAllowlist = ['198.51.100.0/24', '2001:db8::/32'];
    const { key, secret } = await mintApiKey(ctx, { name: 'a', scopes: ['*'], ipAllowlist });
    const from = async (address: string | undefined, more = {}) => {
      const answer = await handler(
        anAuthorizerEvent({
          Authorization: `Bearer ${secret}`,
          'x-origin-verify': 'from-the-edge',
          ...(address === undefined ? {} : { 'x-viewer-address': address }),
          ...more,
        }),
      );
      return answer.context?.['credential_id'];
    };
    useTestRuntime(ctx, { originSecret: 'from-the-edge' });
    expect(await from('198.51.100.9')).toBe(key.id);
    expect(await from('2001:db8::9')).toBe(key.id);
    expect(await from('::ffff:198.51.100.9')).toBe(key.id);
    expect(await from('198.51.101.9')).toBe('');
    // Whoever sends the header besides, or the one that proxies go by, changes nothing.
    expect(await from('203.0.113.7', { 'X-Forwarded-For': '198.51.100.9' })).toBe('');
    expect(await from(undefined)).toBe('');
    // Without an edge the header is the client's own word; the event's address is 203.0.113.7.
    useTestRuntime(ctx);
    expect(await from('198.51.100.9')).toBe('');
    expect(JSON.stringify(ctx.logs)).not.toContain(secret);
  });

  test('lets a key in from the address that opened the connection, where there is no edge', async ({
    expect,
  }) => {
    const ctx = testContext();
    const ipAllowlist = ['203.0.113.7'];
    const { key, secret } = await mintApiKey(ctx, { name: 'a', scopes: ['*'], ipAllowlist });
    useTestRuntime(ctx);
    const answer = await handler(anAuthorizerEvent({ Authorization: `Bearer ${secret}` }));
    expect(answer.principalId).toBe(key.id);
  });
});

describe('the use of a key', () => {
  const use = (secret: string) => handler(anAuthorizerEvent({ authorization: `Bearer ${secret}` }));
  const HOUR = 3_600_000;

  test('is written down once an hour', async ({ expect }) => {
    const { ctx, key, secret } = await aKey();
    useTestRuntime(ctx);
    const row = () => ctx.table.get(keys.apiKey(sha256(secret)));
    expect((await row())?.['last_used_at']).toBe(undefined);
    await Promise.all([use(secret), use(secret)]);
    expect((await row())?.['last_used_at']).toBe('2026-06-01T04:30:00.000Z');
    ctx.tick(HOUR - 1);
    await use(secret);
    expect((await row())?.['last_used_at']).toBe('2026-06-01T04:30:00.000Z');
    ctx.tick(1);
    await use(secret);
    expect(await row()).toMatchObject({ last_used_at: '2026-06-01T05:30:00.000Z', version: 1 });
    ctx.tick(HOUR);
    await ctx.table.write([
      {
        op: 'update',
        key: keys.apiKey(sha256(secret)),
        set: { revoked_at: '2026-06-01T06:00:00.000Z' },
      },
    ]);
    expect((await use(secret)).principalId).toBe('nobody');
    expect((await row())?.['last_used_at']).toBe('2026-06-01T05:30:00.000Z');
    expect(key.version).toBe(1);
  });

  test('puts a key of the first releases among those of its organization', async ({ expect }) => {
    const ctx = testContext();
    const { key, secret } = await mintApiKey(ctx, { name: 'First key', scopes: ['*'] });
    const { id, organization_id, livemode, name, prefix, scopes, created_at } = key;
    const old = { id, organization_id, livemode, name, prefix, scopes, created_at };
    await ctx.table.write([
      {
        op: 'put',
        item: { ...keys.apiKey(sha256(secret)), ...old, expires_at: null, revoked_at: null },
      },
      { op: 'delete', key: keys.apiKeyOf('demo', id) },
    ]);
    useTestRuntime(ctx);
    expect(await allApiKeys(ctx)).toEqual([]);
    await use(secret);
    expect(await allApiKeys(ctx)).toMatchObject([{ key: { id, version: 1 } }]);
  });

  test('is answered also where it cannot be written down', async ({ expect }) => {
    const { ctx, key, secret } = await aKey();
    const row = await ctx.table.get(keys.apiKey(sha256(secret)));
    const table = {
      ...{ get: async () => row, batchGet: async () => [], query: async () => ({ items: [] }) },
      write: () => Promise.reject(new Error('The table is busy')),
      increment: async () => undefined,
    };
    expect(await identifyApiKey({ table, log: ctx.log, now: ctx.now }, secret, undefined)).toEqual({
      organizationId: 'demo',
      livemode: false,
      caller: { kind: 'api_key', id: key.id, scopes: key.scopes },
    });
    expect(ctx.logs).toMatchObject([{ level: 'warn' }]);
  });
});
