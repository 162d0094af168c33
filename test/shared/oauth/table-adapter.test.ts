import { describe, test } from 'vitest';
import type { Table, Write } from '#shared/core/table.ts';
import { TableAdapter } from '#shared/oauth/table-adapter.ts';
import { testContext } from '#test/support/context.ts';

const issuer = 'https://api.magma.test';

function anAdapter(model = 'RefreshToken') {
  const ctx = testContext();
  const written: Write[] = [];
  const write = (writes: readonly Write[]) => {
    written.push(...writes);
    return ctx.table.write(writes);
  };
  const table: Table = {
    get: (key) => ctx.table.get(key),
    batchGet: (wanted) => ctx.table.batchGet(wanted),
    query: (query) => ctx.table.query(query),
    increment: (key, attribute, options) => ctx.table.increment(key, attribute, options),
    write,
  };
  const world = { table, now: () => ctx.now(), issuer };
  const of = (name: string) => new TableAdapter(world, name);
  return { ctx, world, written, adapter: of(model), of };
}

describe('what the OpenID provider keeps', () => {
  test('is found by its id, until its time is over', async ({ expect }) => {
    const { ctx, adapter } = anAdapter();
    await adapter.upsert('secret-id', { jti: 'secret-id', scope: 'a b', grantId: 'g' }, 60);
    expect(await adapter.find('secret-id')).toEqual({
      jti: 'secret-id',
      scope: 'a b',
      grantId: 'g',
    });
    ctx.tick(60_000);
    expect(await adapter.find('secret-id')).toBeUndefined();
  });

  test('does not lie under its id, nor hold it', async ({ expect }) => {
    const { written, of } = anAdapter();
    const session = { accountId: 'mem_1', uid: 'uid', cookie: 'secret-session' };
    await of('Interaction').upsert('asked', { jti: 'asked', session }, 60);
    await of('RefreshToken').upsert('secret-token', { jti: 'secret-token' }, 60);
    await of('Session').upsert('secret-session', { jti: 'secret-session', uid: 'uid' }, 60);
    const rows = JSON.stringify(written);
    expect(rows).toContain('mem_1');
    expect(rows).not.toContain('secret');
  });

  test('is not found as something else, nor at another host', async ({ expect }) => {
    const { world, adapter, of } = anAdapter();
    await adapter.upsert('id', { jti: 'id' }, 60);
    expect(await of('AuthorizationCode').find('id')).toBeUndefined();
    const elsewhere = { ...world, issuer: 'https://other.magma.test' };
    expect(await new TableAdapter(elsewhere, 'RefreshToken').find('id')).toBeUndefined();
  });

  test('is consumed once: the second at the same moment ends the grant', async ({ expect }) => {
    const { adapter, of } = anAdapter('AuthorizationCode');
    await of('Grant').upsert('g', { jti: 'g' }, 600);
    await adapter.upsert('code', { jti: 'code', grantId: 'g' }, 60);
    const both = await Promise.allSettled([adapter.consume('code'), adapter.consume('code')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { error: 'invalid_grant' },
    });
    expect(await adapter.find('code')).toMatchObject({ consumed: expect.any(Number) });
    expect(await of('Grant').find('g')).toBeUndefined();
  });

  test('is not made by consuming what is not there', async ({ expect }) => {
    const { adapter } = anAdapter();
    await expect(adapter.consume('nothing')).rejects.toMatchObject({ error: 'invalid_grant' });
    expect(await adapter.find('nothing')).toBeUndefined();
  });

  test('goes with its grant, whichever of its kinds is asked to', async ({ expect }) => {
    const { adapter, of } = anAdapter();
    await of('Grant').upsert('g', { jti: 'g' }, 600);
    await adapter.revokeByGrantId('g');
    await adapter.revokeByGrantId('g');
    expect(await of('Grant').find('g')).toBeUndefined();
  });

  test('finds a session by its uid under a new id, and not when it is over', async ({ expect }) => {
    const { of } = anAdapter();
    const sessions = of('Session');
    await sessions.upsert('old', { jti: 'old', uid: 'u', accountId: 'mem_1' }, 60);
    await sessions.destroy('old');
    expect(await sessions.findByUid('u')).toBeUndefined();
    await sessions.upsert('new', { jti: 'new', uid: 'u', accountId: 'mem_1' }, 60);
    expect(await sessions.findByUid('u')).toEqual({ uid: 'u', accountId: 'mem_1' });
    await sessions.destroy('new');
    expect(await sessions.findByUid('u')).toBeUndefined();
  });
});
