import { describe, test } from 'vitest';
import {
  aKeyWorld,
  backend,
  createKey,
  HOUR,
  idsOfKeys,
  keyHolder,
  listKeys,
  revokeKey,
  works,
} from '#test/support/api-keys.ts';
import { recordedEvents } from '#test/support/outbox.ts';

describe('revokeApiKey', () => {
  test('ends a key at once, and says so once', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id, secret } = await createKey(ctx, backend);
    const { status, body } = await revokeKey(ctx, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'revoked',
      revoked_at: '2026-06-01T04:30:00.000Z',
      resource_version: 2,
    });
    expect(await works(ctx, secret)).toBe(false);
    ctx.tick(HOUR);
    expect((await revokeKey(ctx, id)).body).toEqual(body);
    const told = recordedEvents(ctx).filter(({ type }) => type === 'api_key.revoked');
    expect(told).toMatchObject([{ subject: id, version: 2, object: body }]);
  });

  test('brings an end forward, and never puts it off', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id } = await createKey(ctx, backend);
    const inAnHour = await revokeKey(ctx, id, { overlap_seconds: 3600 });
    expect(inAnHour.body).toMatchObject({ status: 'active', resource_version: 2 });
    const inTwo = await revokeKey(ctx, id, { overlap_seconds: 7200 });
    expect(inTwo.body).toEqual(inAnHour.body);
    expect((await revokeKey(ctx, id)).body).toMatchObject({ status: 'revoked' });
  });

  test('leaves the last key that can make keys, whoever asks', async ({ expect }) => {
    const { ctx, first, firstSecret } = await aKeyWorld();
    await createKey(ctx, backend);
    await createKey(ctx, { name: 'Small admin', scopes: ['admin:write'] });
    await createKey(ctx, { name: 'For a week', scopes: ['*'], expires_at: '2026-06-08T00:00:00Z' });
    await createKey(ctx, { name: 'Of a site', scopes: ['*'], site_ids: ['BLR-IND'] });
    for (const query of [{}, { overlap_seconds: 86_400 }])
      expect(await revokeKey(ctx, first, query)).toMatchObject({
        status: 409,
        body: { code: 'conflict' },
      });
    expect(await works(ctx, firstSecret)).toBe(true);
    await createKey(ctx, { name: 'Second', scopes: ['*'] });
    expect((await revokeKey(ctx, first)).status).toBe(200);
  });

  test('of two keys that could stand in for each other, never ends both', async ({ expect }) => {
    const { ctx, first } = await aKeyWorld();
    const second = await createKey(ctx, { name: 'Second', scopes: ['*'] });
    const replies = await Promise.all([revokeKey(ctx, first), revokeKey(ctx, second.id)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await idsOfKeys(ctx, { status: 'active' })).toHaveLength(1);
  });

  test('is refused to whoever has read an older version', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id } = await createKey(ctx, backend);
    await revokeKey(ctx, id, { overlap_seconds: 3600 });
    expect((await revokeKey(ctx, id, {}, { 'if-match': '"1"' })).status).toBe(412);
  });

  test('finds no key of another organization, nor one of more sites', async ({ expect }) => {
    const { ctx, first } = await aKeyWorld();
    const { id, secret } = await createKey(ctx, { ...backend, site_ids: ['BLR-IND', 'DEL-1'] });
    const other = ctx.as({ tenantId: 'acme' });
    const ofSite = ctx.as({ actor: keyHolder({ siteIds: ['BLR-IND'] }) });
    const unknown = await revokeKey(ctx, 'key_unknown');
    for (const [who, key] of [
      [other, id],
      [other, first],
      [ofSite, id],
      [ofSite, first],
    ] as const) {
      const { status, body } = await revokeKey(who, key);
      expect(status).toBe(404);
      expect(body['detail']).toBe(unknown.body['detail']);
    }
    expect(await works(ctx, secret)).toBe(true);
    expect(await listKeys(other)).toEqual({ api_keys: [], total: 0 });
    expect(await listKeys(ofSite)).toEqual({ api_keys: [], total: 0 });
  });
});
