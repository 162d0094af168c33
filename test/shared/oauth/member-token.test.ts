import { describe, test } from 'vitest';
import { keys } from '#shared/db/keys.ts';
import type { Role } from '#shared/members/roles.ts';
import { claimsOf, grant, signed, whoCalls } from '#test/support/access-tokens.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { changeClient, createClient, memberApp } from '#test/support/oauth-clients.ts';

const nobody = { tenantId: '', livemode: false, actor: { kind: 'anonymous' } };
const SCOPE = 'openid chargers:read sessions:read';

/** A member who has let an app in, and its token. */
async function anAppLetIn(differences: object = {}) {
  const ctx = testContext();
  const { id: client } = await createClient(ctx, memberApp);
  await changeMember(ctx, {});
  await grant(ctx, 'grant');
  const auth_time = Math.floor(ctx.now().getTime() / 1000);
  const person = { kind: 'member', sub: 'mem_1', grant_id: 'grant', auth_time, scope: SCOPE };
  const token = await signed(ctx, claimsOf(ctx, client, { ...person, ...differences }));
  return { ctx, client, token };
}

interface Change {
  readonly role?: Role;
  readonly status?: string;
  readonly site_ids?: readonly string[] | null;
  readonly sessions_valid_from?: string;
}

function changeMember(ctx: TestContext, change: Change): Promise<void> {
  const at = ctx.now().toISOString();
  const member = {
    ...{ id: 'mem_1', email: 'a@example.com', name: 'Asha', role: 'operator', site_ids: null },
    ...{ status: 'active', invited_by: null, created_at: at, updated_at: at, ...change },
  };
  return ctx.table.write([{ op: 'put', item: { ...member, ...keys.member('demo', 'mem_1') } }]);
}

describe('an access token of a member', () => {
  test('is the member, through the app', async ({ expect }) => {
    const { ctx, client, token } = await anAppLetIn();
    expect(await whoCalls(ctx, token)).toEqual({
      tenantId: 'demo',
      livemode: false,
      actor: {
        kind: 'member',
        id: 'mem_1',
        scopes: ['chargers:read', 'sessions:read'],
        clientId: client,
      },
    });
  });

  test('may at once no more than another role', async ({ expect }) => {
    const { ctx, token } = await anAppLetIn();
    await changeMember(ctx, { role: 'finance' });
    expect((await whoCalls(ctx, token)).actor).toMatchObject({ scopes: ['sessions:read'] });
    await changeMember(ctx, { role: 'owner' });
    const all = ['chargers:read', 'sessions:read'];
    expect((await whoCalls(ctx, token)).actor).toMatchObject({ scopes: all });
  });

  test('may no more than its app by now', async ({ expect }) => {
    const { ctx, client, token } = await anAppLetIn();
    await changeClient(ctx, client, { scopes: ['sessions:read'] });
    expect((await whoCalls(ctx, token)).actor).toMatchObject({ scopes: ['sessions:read'] });
  });

  test('reaches the sites of the member, and none where token and member share none', async ({
    expect,
  }) => {
    const { ctx, token } = await anAppLetIn({ site_ids: ['A', 'B'] });
    await changeMember(ctx, { site_ids: ['B', 'C'] });
    expect((await whoCalls(ctx, token)).actor).toMatchObject({ siteIds: ['B'] });
    await changeMember(ctx, { site_ids: ['C'] });
    expect(await whoCalls(ctx, token)).toEqual(nobody);
  });

  test.for(['removed', 'invited'])('is none for one who is %s', async (status, { expect }) => {
    const { ctx, token } = await anAppLetIn();
    await changeMember(ctx, { status });
    expect(await whoCalls(ctx, token)).toEqual(nobody);
  });

  test('is none once a new password was set after the sign-in', async ({ expect }) => {
    const { ctx, token } = await anAppLetIn();
    const now = ctx.now().getTime();
    await changeMember(ctx, { sessions_valid_from: new Date(now).toISOString() });
    expect((await whoCalls(ctx, token)).tenantId).toBe('demo');
    await changeMember(ctx, { sessions_valid_from: new Date(now + 1000).toISOString() });
    expect(await whoCalls(ctx, token)).toEqual(nobody);
  });

  test('is none without its grant, nor with none', async ({ expect }) => {
    const { ctx, token } = await anAppLetIn({ grant_id: 'another' });
    expect(await whoCalls(ctx, token)).toEqual(nobody);
    const bare = await anAppLetIn({ grant_id: undefined });
    expect(await whoCalls(bare.ctx, bare.token)).toEqual(nobody);
  });

  test('is none for a member of another organization', async ({ expect }) => {
    const { ctx, token } = await anAppLetIn({ sub: 'mem_2' });
    const row = { ...keys.member('other', 'mem_2'), id: 'mem_2' };
    await ctx.table.write([{ op: 'put', item: row }]);
    expect(await whoCalls(ctx, token)).toEqual(nobody);
  });
});
