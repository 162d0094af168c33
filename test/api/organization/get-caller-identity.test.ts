import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/organization/get-caller-identity.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

describe('getCallerIdentity', () => {
  test('tells whose key it is, its mode, scopes, sites and what is left of its quota', async ({
    expect,
  }) => {
    const actor = {
      kind: 'api_key',
      id: 'key_1',
      scopes: ['chargers:read'],
      siteIds: ['BLR-IND'],
    } as const;
    const ctx = testContext({ tenantId: 'acme', livemode: true, actor });
    await call(ctx, endpoint);
    const { status, body, headers } = await call(ctx, endpoint);
    expect(status).toBe(200);
    expect(body).toEqual({
      organization_id: 'acme',
      home_organization_id: null,
      organization_name: 'Demo Charging',
      livemode: true,
      credential: { type: 'api_key', id: 'key_1', client_id: null },
      scopes: ['chargers:read'],
      site_ids: ['BLR-IND'],
      rate_limit: { policy: 'default', limit: 1000, window_seconds: 60, remaining: 998 },
      api_version: '2026-06-01',
      deprecated_operations: [],
    });
    expect(headers['X-RateLimit-Remaining']).toBe('998');
  });

  test('needs no scope, but a key', async ({ expect }) => {
    const powerless = testContext({ actor: { kind: 'api_key', id: 'key_1', scopes: [] } });
    expect(await call(powerless, endpoint)).toMatchObject({
      status: 200,
      body: { scopes: [], site_ids: null },
    });
    const nobody = testContext({ actor: { kind: 'anonymous' } });
    expect((await call(nobody, endpoint)).status).toBe(401);
  });
});
