import { describe, expect, test } from 'vitest';
import { endpoint as createToken } from '#functions/api/tokens/create-token.ts';
import { endpoint as deleteToken } from '#functions/api/tokens/delete-token.ts';
import { endpoint as getToken } from '#functions/api/tokens/get-token.ts';
import { endpoint as listTokens } from '#functions/api/tokens/list-tokens.ts';
import { endpoint as updateToken } from '#functions/api/tokens/update-token.ts';
import type { Actor } from '#shared/core/context.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';

const RESTRICTED: Actor = { kind: 'api_key', id: 'key_s', scopes: ['*'], siteIds: ['BLR-IND'] };

const of = (token_id: unknown) => ({ params: { token_id } });

async function uidsOf(ctx: TestContext, query: object = {}): Promise<unknown[]> {
  const { body } = await call(ctx, listTokens, { query: { ...query } });
  return Array.isArray(body['tokens']) ? body['tokens'].map(({ uid }) => uid) : [];
}

describe('a token', () => {
  test('is registered, read back and told of', async () => {
    const ctx = testContext();
    const body = { uid: ' 04A2B3C4 ', valid_until: '2027-04-01T00:00:00+05:30', labels: ['staff'] };
    const made = await call(ctx, createToken, { body });
    expect(made).toMatchObject({
      status: 201,
      headers: { Location: `/v1/tokens/${made.body['id']}` },
      body: {
        id: expect.stringMatching(/^tok_/),
        uid: '04A2B3C4',
        type: 'rfid',
        status: 'active',
        valid_until: '2027-03-31T18:30:00.000Z',
        issuer: 'own',
        last_used_at: null,
        resource_version: 1,
      },
    });
    expect((await call(ctx, getToken, of(made.body['id']))).body).toEqual(made.body);
    expect(recordedEvents(ctx)).toMatchObject([{ type: 'token.created', object: made.body }]);
  });

  test.each(['04A2B3C4', '04a2b3c4', '  04A2b3c4 '])(
    'is refused where there is one of its uid, spelled %j',
    async (uid) => {
      const ctx = testContext();
      await aToken(ctx, '04A2B3C4');
      const reply = await call(ctx, createToken, { body: { uid } });
      expect(reply).toMatchObject({ status: 409, body: { errors: [{ field: 'uid' }] } });
      expect(await uidsOf(ctx)).toEqual(['04A2B3C4']);
    },
  );

  test.each(['', '   ', 'x'.repeat(37), 'Ünïcode', 'new\nline', 42, null])(
    'is refused with the uid %j',
    async (uid) => {
      const reply = await call(testContext(), createToken, { body: { uid } });
      expect(reply).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    },
  );

  test('is registered once by two who do so at the same time', async () => {
    const ctx = testContext();
    const both = await Promise.all(
      ['card-1', 'CARD-1'].map((uid) => call(ctx, createToken, { body: { uid } })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('is changed, with what it was, and keeps its uid', async () => {
    const ctx = testContext();
    const { id } = await aToken(ctx, { uid: 'CARD-1', driver_id: 'drv_1', name: 'Old' });
    const body = { status: 'blocked', driver_id: null, uid: 'OTHER' };
    const changed = await call(ctx, updateToken, { ...of(id), body });
    expect(changed.body).toMatchObject({
      uid: 'CARD-1',
      status: 'blocked',
      driver_id: null,
      name: 'Old',
      resource_version: 2,
    });
    expect(recordedEvents(ctx).at(-1)).toMatchObject({
      type: 'token.updated',
      previous: { status: 'active', driver_id: 'drv_1' },
    });
    expect(await uidsOf(ctx, { driver_id: 'drv_1' })).toEqual([]);
    const before = recordedEvents(ctx).length;
    await call(ctx, updateToken, { ...of(id), body: { status: 'blocked' } });
    expect(recordedEvents(ctx)).toHaveLength(before);
  });

  test('is changed and removed only as it was read, where that is demanded', async () => {
    const ctx = testContext();
    const { id } = await aToken(ctx, 'CARD-1');
    const stale = { ...of(id), headers: { 'if-match': '"9"' } };
    expect((await call(ctx, updateToken, { ...stale, body: { name: 'N' } })).status).toBe(412);
    expect((await call(ctx, deleteToken, stale)).status).toBe(412);
    const fresh = { ...of(id), headers: { 'if-match': '"1"' } };
    expect((await call(ctx, deleteToken, fresh)).status).toBe(204);
  });

  test('is gone when it was removed, and its uid is free', async () => {
    const ctx = testContext();
    const { id } = await aToken(ctx, 'CARD-1');
    expect((await call(ctx, deleteToken, of(id))).status).toBe(204);
    for (const endpoint of [getToken, deleteToken])
      expect((await call(ctx, endpoint, of(id))).status).toBe(404);
    expect(await uidsOf(ctx)).toEqual([]);
    expect(recordedEvents(ctx).at(-1)).toMatchObject({ type: 'token.deleted', subject: id });
    const again = await aToken(ctx, 'CARD-1');
    expect(again.id).not.toBe(id);
    expect((await call(ctx, getToken, of(id))).status).toBe(404);
    expect((await call(ctx, listTokens)).body).toMatchObject({ total: 1 });
  });

  test('whose time is over shows as expired', async () => {
    const ctx = testContext();
    const { id } = await aToken(ctx, { uid: 'CARD-1', valid_until: '2026-06-02T00:00:00Z' });
    expect((await call(ctx, getToken, of(id))).body).toMatchObject({ status: 'active' });
    ctx.tick(24 * 3_600_000);
    expect((await call(ctx, getToken, of(id))).body).toMatchObject({ status: 'expired' });
    expect(await uidsOf(ctx, { status: 'expired' })).toEqual(['CARD-1']);
  });
});

describe('a stranger', () => {
  test('of another organization finds no token, and registers the same uid', async () => {
    const ctx = testContext();
    const { id } = await aToken(ctx, 'CARD-1');
    const other = ctx.as({ tenantId: 'other' });
    for (const endpoint of [getToken, deleteToken])
      expect((await call(other, endpoint, of(id))).status).toBe(404);
    expect((await call(other, updateToken, { ...of(id), body: {} })).status).toBe(404);
    expect(await uidsOf(other, { ids: id })).toEqual([]);
    expect((await call(other, createToken, { body: { uid: 'CARD-1' } })).status).toBe(201);
    expect(await uidsOf(ctx)).toEqual(['CARD-1']);
  });

  test('restricted to sites sees and makes none: a token opens chargers everywhere', async () => {
    const ctx = testContext();
    const { id } = await aToken(ctx, 'CARD-1');
    const stranger = ctx.as({ actor: RESTRICTED });
    expect(await uidsOf(stranger)).toEqual([]);
    expect((await call(stranger, getToken, of(id))).status).toBe(404);
    const reply = await call(stranger, createToken, { body: { uid: 'CARD-2' } });
    expect(reply).toMatchObject({ status: 403, body: { code: 'site_restricted' } });
  });
});
