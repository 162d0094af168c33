import { describe, test } from 'vitest';
import {
  aKeyWorld,
  askForKey,
  backend,
  createKey,
  HOUR,
  idsOfKeys,
  listKeys,
  revokeKey,
  works,
} from '#test/support/api-keys.ts';
import { recordedEvents } from '#test/support/outbox.ts';

describe('a key that takes the place of another', () => {
  test('is as that was, and both work until the overlap is over', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const rules = { site_ids: ['BLR-IND'], ip_allowlist: ['2001:db8::/32'] };
    const old = await createKey(ctx, { ...backend, ...rules });
    const next = await createKey(ctx, { replaces: old.id, overlap_seconds: 7200 });
    expect(next).toMatchObject({
      ...{ ...backend, ...rules, replaces: old.id },
      replaced_valid_until: '2026-06-01T06:30:00.000Z',
    });
    expect(recordedEvents(ctx).slice(-2)).toMatchObject([
      { type: 'api_key.created', subject: next.id },
      { type: 'api_key.revoked', subject: old.id, previous: { revoked_at: null } },
    ]);
    expect(await listKeys(ctx, { ids: old.id })).toMatchObject({
      api_keys: [{ status: 'active' }],
    });
    ctx.tick(2 * HOUR - 1);
    expect(await works(ctx, old.secret)).toBe(true);
    ctx.tick(1);
    expect(await works(ctx, old.secret)).toBe(false);
    expect(await works(ctx, next.secret)).toBe(true);
    expect(await idsOfKeys(ctx, { status: 'revoked' })).toEqual([old.id]);
  });

  test('may be that of the last key of all, even at once', async ({ expect }) => {
    const { ctx, first, firstSecret } = await aKeyWorld();
    const next = await createKey(ctx, { replaces: first, overlap_seconds: 0 });
    expect(next).toMatchObject({ name: 'First key', scopes: ['*'] });
    expect(await works(ctx, firstSecret)).toBe(false);
  });

  test('leaves the last key in its place where it could grant less', async ({ expect }) => {
    const { ctx, first, firstSecret } = await aKeyWorld();
    const less = { replaces: first, scopes: ['admin:read', 'admin:write'] };
    expect(await askForKey(ctx, less)).toMatchObject({ status: 409 });
    const soonOver = { replaces: first, expires_at: '2026-06-02T00:00:00Z' };
    expect(await askForKey(ctx, soonOver)).toMatchObject({ status: 409 });
    expect(await works(ctx, firstSecret)).toBe(true);
    expect(await listKeys(ctx)).toMatchObject({ total: 1 });
  });

  test('cannot be that of a key that is over, nor of another organization', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    const old = await createKey(ctx, backend);
    await revokeKey(ctx, old.id);
    expect(await askForKey(ctx, { replaces: old.id })).toMatchObject({ status: 409 });
    const other = ctx.as({ tenantId: 'acme' });
    expect(await askForKey(other, { replaces: old.id })).toMatchObject({ status: 404 });
  });

  test('cannot be that of no key at all', async ({ expect }) => {
    const { ctx } = await aKeyWorld();
    expect(await askForKey(ctx, { replaces: '' })).toMatchObject({ status: 422 });
  });
});
