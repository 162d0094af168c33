import { describe, test } from 'vitest';
import { aKeyWorld, HOUR, keyHolder } from '#test/support/api-keys.ts';
import {
  changeClient,
  createClient,
  deleteClient,
  idsOfClients,
  memberApp,
  proves,
  rotateSecret,
  service,
} from '#test/support/oauth-clients.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const weaker = keyHolder({ scopes: ['admin:write', 'chargers:read'] });

describe('updateOauthClient', () => {
  test('changes what is named, and nothing else', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id, secret } = await createClient(ctx, memberApp);
    const reply = await changeClient(ctx, id, { access_token_seconds: 1800 });
    expect(reply.body).toMatchObject({
      ...memberApp,
      access_token_seconds: 1800,
      resource_version: 2,
    });
    expect(await proves(ctx, id, secret)).toBe(true);
  });

  test('refuses whoever read it before somebody else changed it', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id } = await createClient(ctx, service);
    await changeClient(ctx, id, { name: 'Other' });
    expect((await changeClient(ctx, id, { name: 'Mine' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await deleteClient(ctx, id, { 'if-match': '"1"' })).status).toBe(412);
    expect((await changeClient(ctx, id, { name: 'Mine' }, { 'if-match': '"2"' })).status).toBe(200);
  });

  test('has nobody who may less send its codes elsewhere', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id } = await createClient(ctx, memberApp);
    const mine = { redirect_uris: ['https://evil.test/'] };
    const reply = await changeClient(ctx.as({ actor: weaker }), id, mine);
    expect(reply.body).toMatchObject({ code: 'insufficient_scope' });
  });

  test('lets it have fewer scopes, and what it is stays', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id } = await createClient(ctx, memberApp);
    expect((await changeClient(ctx, id, { scopes: ['sessions:read'] })).status).toBe(200);
    expect((await changeClient(ctx, id, { type: 'service' })).status).toBe(422);
    expect((await changeClient(ctx, id, { redirect_uris: [] })).status).toBe(422);
  });
});

describe('rotateOauthClientSecret', () => {
  test('lets both secrets work until the overlap is over', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id, secret } = await createClient(ctx, service);
    const reply = await rotateSecret(ctx, id, { overlap_hours: 2 });
    expect(reply.body).toMatchObject({
      client_id: id,
      previous_valid_until: '2026-06-01T06:30:00.000Z',
    });
    const next = String(reply.body['secret']);
    expect([await proves(ctx, id, secret), await proves(ctx, id, next)]).toEqual([true, true]);
    ctx.tick(2 * HOUR);
    expect([await proves(ctx, id, secret), await proves(ctx, id, next)]).toEqual([false, true]);
  });

  test('ends the one that leaked at once, and lengthens the life of none', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id, secret } = await createClient(ctx, service);
    const second = String((await rotateSecret(ctx, id, { overlap_hours: 1 })).body['secret']);
    await rotateSecret(ctx, id, { overlap_hours: 48 });
    ctx.tick(HOUR);
    expect([await proves(ctx, id, secret), await proves(ctx, id, second)]).toEqual([false, true]);
    await rotateSecret(ctx, id, { overlap_hours: 0 });
    expect(await proves(ctx, id, second)).toBe(false);
  });

  test('gives no secret to whoever may less than the client', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id } = await createClient(ctx, { ...service, scopes: ['sessions:read'] });
    const reply = await rotateSecret(ctx.as({ actor: weaker }), id);
    expect(reply.body).toMatchObject({ code: 'insufficient_scope' });
  });

  test('finds none to rotate at a public client', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id } = await createClient(ctx, { ...memberApp, confidential: false });
    expect((await rotateSecret(ctx, id)).status).toBe(409);
  });
});

describe('deleteOauthClient', () => {
  test('leaves nothing by which it could prove itself, and tells of it', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const { id, secret } = await createClient(ctx, service);
    expect((await deleteClient(ctx, id)).status).toBe(204);
    expect(await proves(ctx, id, secret)).toBe(false);
    expect(await idsOfClients(ctx)).toEqual([]);
    expect(recordedEvents(ctx).at(-1)).toMatchObject({ type: 'oauth_client.deleted', subject: id });
    expect((await deleteClient(ctx, id)).status).toBe(404);
    expect((await changeClient(ctx, id, { name: 'Again' })).status).toBe(404);
  });
});
