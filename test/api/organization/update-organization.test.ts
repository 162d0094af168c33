import { describe, test } from 'vitest';
import { endpoint as createSite } from '#functions/api/sites/create-site.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import {
  aLiveOrganization,
  patch,
  read,
  rowOf,
  wrongIn,
} from '#test/support/organization-settings.ts';
import { recordedEvents } from '#test/support/outbox.ts';

describe('getOrganization', () => {
  test('shows the settings, also of a row of the first releases', async ({ expect }) => {
    const ctx = testContext();
    const { version: _, updated_at: __, ...old } = (await rowOf(ctx)) ?? { pk: '', sk: '' };
    await ctx.table.write([{ op: 'put', item: old }]);
    const { body, headers } = await read(ctx);
    expect(body).toMatchObject({
      id: 'demo',
      heartbeat_interval_seconds: 300,
      contract_provisioning: null,
      updated_at: '2026-06-01T04:30:00.000Z',
      resource_version: 1,
    });
    expect(headers['ETag']).toBe('"1"');
    expect((await patch(ctx, { name: 'New' }, { 'if-match': '"1"' })).body).toMatchObject({
      name: 'New',
      resource_version: 2,
    });
  });
});

describe('updateOrganization', () => {
  test('changes what is named and leaves the rest, and tells what was before', async ({
    expect,
  }) => {
    const ctx = testContext();
    const before = (await read(ctx)).body;
    ctx.tick(60_000);
    const settings = { heartbeat_interval_seconds: 240, ocpp_log: 'errors' };
    const { status, body } = await patch(ctx, settings);
    expect(status).toBe(200);
    const changed = { ...settings, updated_at: '2026-06-01T04:31:00.000Z', resource_version: 2 };
    expect(body).toEqual({ ...before, ...changed });
    expect((await read(ctx)).body).toEqual(body);
    expect(recordedEvents(ctx)).toMatchObject([
      {
        type: 'organization.updated',
        subject: 'demo',
        version: 2,
        object: body,
        previous: { heartbeat_interval_seconds: 300, ocpp_log: 'all' },
      },
    ]);
  });

  test('tells nothing where nothing changes', async ({ expect }) => {
    const ctx = testContext();
    const { body } = await patch(ctx, { ocpp_log: 'all', tax: { gst_percent: '18' } });
    expect(body).toMatchObject({ resource_version: 1 });
    expect(recordedEvents(ctx)).toEqual([]);
  });

  test('is refused to whoever has read an older version', async ({ expect }) => {
    const ctx = testContext();
    await patch(ctx, { name: 'First' }, { 'if-match': '"1"' });
    const late = await patch(ctx, { name: 'Second' }, { 'if-match': '"1"' });
    expect(late).toMatchObject({ status: 412, body: { code: 'etag_mismatch' } });
    expect((await read(ctx)).body).toMatchObject({ name: 'First' });
  });

  test('loses neither of two changes that come at once', async ({ expect }) => {
    const ctx = testContext();
    const both = await Promise.all([
      patch(ctx, { name: 'A' }),
      patch(ctx, { offline_grace_seconds: 30 }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await read(ctx)).body).toMatchObject({
      name: 'A',
      offline_grace_seconds: 30,
      resource_version: 3,
    });
  });

  test('merges taxes and limits of groups: null takes a group out', async ({ expect }) => {
    const ctx = testContext();
    await patch(ctx, { max_concurrent_sessions_by_group: { fleet: 5, guests: 1 } });
    const { body } = await patch(ctx, {
      max_concurrent_sessions_by_group: { guests: null, staff: 2 },
      tax: { gstin: '27AAPFU0939F1ZV' },
    });
    expect(body).toMatchObject({
      max_concurrent_sessions_by_group: { fleet: 5, staff: 2 },
      tax: { gst_percent: '18.00', sac: '998714', gstin: '27AAPFU0939F1ZV' },
    });
    expect(Object.keys(Object(body['max_concurrent_sessions_by_group']))).toHaveLength(2);
  });

  // 27AAPFU0939F1Z in base 36, every second digit twice, digits of each product added up:
  // 2+14+10+20+25+30+30+0+9+6+9+30+1+(70 = 1·36+34: 35) = 221 = 6·36+5; 36-5 = 31, which is V.
  test.for([
    ['a mistyped GST number', { tax: { gstin: '27AAPFU0939F1ZW' } }, 'tax.gstin invalid_value'],
    ['one of no state', { tax: { gstin: '77AAPFU0939F1ZV' } }, 'tax.gstin invalid_value'],
    ['a code that is no service', { tax: { sac: '850440' } }, 'tax.sac invalid_format'],
    ['a rate that is no number', { tax: { gst_percent: '-1' } }, 'tax.gst_percent invalid_format'],
    ['a zone that is none', { timezone: 'Asia/Bangalor' }, 'timezone invalid_value'],
    ['a currency that is none', { currency: 'XQQ' }, 'currency invalid_value'],
    ['a currency without decimals', { currency: 'JPY' }, 'currency invalid_value'],
    [
      'a heartbeat that lets the gateway cut the socket',
      { heartbeat_interval_seconds: 600 },
      'heartbeat_interval_seconds too_big',
    ],
    [
      'a site that is not there',
      { auto_register_site_id: 'NO-SITE' },
      'auto_register_site_id not_found',
    ],
    ['a misspelt setting', { heartbeat_interval: 60 }, 'heartbeat_interval unknown_field'],
    ['what is not for users to set', { livemode: true }, 'livemode unknown_field'],
    ['a name of nothing but spaces', { name: '  ' }, 'name too_small'],
    [
      'a token that breaks a header',
      { contract_provisioning: { url: 'https://a.example', token: 'a\r\nX: y' } },
      'contract_provisioning.token invalid_format',
    ],
  ] as const)('refuses %s', async ([, body, wrong], { expect }) => {
    const ctx = testContext();
    const reply = await patch(ctx, body);
    expect(reply).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(wrongIn(reply)).toBe(wrong);
    expect((await read(ctx)).body).toMatchObject({ resource_version: 1 });
  });

  test.for(['auto_register', 'allow_unsecured'])(
    'never lets strangers into a live organization: %s',
    async (name, { expect }) => {
      const reply = await patch(aLiveOrganization(), { [name]: true });
      expect(reply).toMatchObject({ status: 403, body: { code: 'sandbox_only' } });
      expect(wrongIn(reply)).toBe(`${name} sandbox_only`);
      expect((await patch(aLiveOrganization(), { [name]: false })).status).toBe(200);
      expect((await patch(testContext(), { [name]: true })).status).toBe(200);
    },
  );

  test('settles the currency with the first site', async ({ expect }) => {
    const ctx = testContext();
    expect((await patch(ctx, { currency: 'EUR' })).body).toMatchObject({ currency: 'EUR' });
    await call(ctx, createSite, { body: { id: 'BLR-IND', name: 'Mall' } });
    expect(await patch(ctx, { currency: 'USD' })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect((await patch(ctx, { currency: 'EUR', name: 'Same' })).status).toBe(200);
  });

  test('is not for a credential of some sites, nor for one that may only read', async ({
    expect,
  }) => {
    const ctx = testContext();
    const key = { kind: 'api_key', id: 'key_1' } as const;
    const ofSites = ctx.as({ actor: { ...key, scopes: ['*'], siteIds: ['BLR-IND'] } });
    expect(await patch(ofSites, { name: 'Mine' })).toMatchObject({
      status: 403,
      body: { code: 'site_restricted' },
    });
    const reader = ctx.as({ actor: { ...key, scopes: ['admin:read'] } });
    expect((await patch(reader, { name: 'Mine' })).status).toBe(403);
    expect((await read(reader)).body).toMatchObject({ name: 'Demo Charging' });
  });

  test('changes the organization of the credential and no other', async ({ expect }) => {
    const ctx = testContext();
    const other = ctx.as({ tenantId: 'acme' });
    await patch(other, { name: 'Acme' });
    expect((await read(ctx)).body).toMatchObject({ name: 'Demo Charging', resource_version: 1 });
  });
});
