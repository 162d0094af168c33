import { describe, test } from 'vitest';
import { aKeyWorld, keyHolder } from '#test/support/api-keys.ts';
import {
  askForClient,
  createClient,
  idsOfClients,
  memberApp,
  proves,
  service,
} from '#test/support/oauth-clients.ts';
import { recordedEvents } from '#test/support/outbox.ts';

describe('createOauthClient', () => {
  test('shows a secret once, and keeps its hash alone', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const reply = await askForClient(ctx, { ...service, site_ids: ['BLR-IND'] });
    expect(reply.status, reply.text).toBe(201);
    expect(reply.body).toMatchObject({
      ...service,
      site_ids: ['BLR-IND'],
      confidential: true,
      access_token_seconds: 600,
      created_by: 'key_test',
      livemode: false,
      resource_version: 1,
    });
    const secret = String(reply.body['secret']);
    const id = String(reply.body['id']);
    expect(await proves(ctx, id, secret)).toBe(true);
    expect(await proves(ctx, id, `${secret}x`)).toBe(false);
    const stored = await ctx.table.query({ pk: `OAC#${id}` });
    expect(JSON.stringify([stored, recordedEvents(ctx)])).not.toContain(secret.slice(13));
    expect(recordedEvents(ctx).at(-1)).toMatchObject({ type: 'oauth_client.created', subject: id });
  });

  test('gives an app that can keep no secret none', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const reply = await askForClient(ctx, { ...memberApp, confidential: false });
    expect(reply.body).toMatchObject({ secret: null, secrets: [], confidential: false });
    expect(await proves(ctx, String(reply.body['id']), '')).toBe(false);
  });

  test.for([
    ['a scope that is none', { ...service, scopes: ['chargers:own'] }],
    ['every scope at once', { ...service, scopes: ['*'] }],
    ['a service without a secret', { ...service, confidential: false }],
    ['a service with an address to come back to', { ...memberApp, type: 'service' }],
    ['an app without one', { ...memberApp, redirect_uris: [] }],
    ['a restriction that is misspelt', { ...service, site_id: ['BLR-IND'] }],
    ['a site that is not there', { ...service, site_ids: ['XXX'] }],
    ['tokens for two hours', { ...service, access_token_seconds: 7200 }],
    ['tokens for a minute', { ...service, access_token_seconds: 60 }],
    ['an origin with a path', { ...memberApp, allowed_origins: ['https://a.example/x'] }],
    ['an origin without TLS', { ...memberApp, allowed_origins: ['http://a.example'] }],
    ['any origin', { ...memberApp, allowed_origins: ['*'] }],
    ['the origin of nothing', { ...memberApp, allowed_origins: ['null'] }],
  ] as const)('refuses %s', async ([, body], { expect }) => {
    const { ctx } = await aKeyWorld();
    expect((await askForClient(ctx, body)).status).toBe(422);
    expect(await idsOfClients(ctx)).toEqual([]);
  });

  test.for([
    ['http elsewhere than here', 'http://example.com/callback'],
    ['what a browser runs', 'javascript:alert(1)'],
    ['a document in itself', 'data:text/html,x'],
    ['a fragment', 'https://example.com/#x'],
    ['an empty fragment', 'https://example.com/#'],
    ['a wildcard', 'https://*.example.com/'],
    ['somebody before the host', 'https://example.com@evil.test/'],
    ['a scheme anybody may have', 'charge:/callback'],
    ['a name that only begins like this machine', 'http://127.0.0.1.evil.test/'],
    ['a path alone', '/callback'],
    ['a line break', 'https://example.com/\ncallback'],
  ])('sends nobody back to %s', async ([, uri], { expect }) => {
    const { ctx } = await aKeyWorld();
    const reply = await askForClient(ctx, { ...memberApp, redirect_uris: [uri] });
    expect(reply.status).toBe(422);
  });

  test.for([
    'https://example.com/callback?a=b',
    'http://127.0.0.1/callback',
    'http://[::1]:8080/',
    'http://localhost:3000/callback',
    'com.example.charge:/callback',
  ])('sends people back to %s', async (uri, { expect }) => {
    const { ctx } = await aKeyWorld();
    const reply = await askForClient(ctx, { ...memberApp, redirect_uris: [uri] });
    expect(reply.status, reply.text).toBe(201);
  });

  test('lets nobody make a client that may more than himself', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const weak = ctx.as({ actor: keyHolder({ scopes: ['admin:write', 'sites:read'] }) });
    expect((await askForClient(weak, service)).body).toMatchObject({ code: 'insufficient_scope' });
    const sited = ctx.as({ actor: keyHolder({ siteIds: ['BLR-IND'] }) });
    const wide = await askForClient(sited, { ...service, site_ids: null });
    expect(wide.body).toMatchObject({ code: 'site_restricted' });
    const own = await askForClient(sited, service);
    expect(own.body).toMatchObject({ site_ids: ['BLR-IND'] });
  });

  test('shows a restricted credential the clients that reach no other site', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const wide = await createClient(ctx, service);
    const here = await createClient(ctx, { ...service, site_ids: ['BLR-IND'] });
    const sited = ctx.as({ actor: keyHolder({ siteIds: ['BLR-IND'] }) });
    expect(await idsOfClients(sited)).toEqual([here.id]);
    expect(await idsOfClients(ctx)).toEqual([here.id, wide.id]);
    expect(await idsOfClients(ctx, { ids: wide.id })).toEqual([wide.id]);
    expect(await idsOfClients(ctx, { type: 'driver_app' })).toEqual([]);
  });
});
