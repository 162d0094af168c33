import { describe, expect, test } from 'vitest';
import { endpoint as listAuthorizations } from '#functions/api/tokens/list-authorizations.ts';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import type { Actor } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { call } from '#test/support/call.ts';
import type { TestContext } from '#test/support/context.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aPricedPeer, MINUTE } from '#test/support/ocpp-site.ts';

const RESTRICTED: Actor = { kind: 'api_key', id: 'key_s', scopes: ['*'], siteIds: ['BLR-IND'] };

async function list(ctx: TestContext, query: object = {}) {
  const { body } = await call(ctx, listAuthorizations, { query: { ...query } });
  const found = Array.isArray(body['authorizations']) ? body['authorizations'] : [];
  return { found, cursor: body['next_cursor'], total: body['total'] };
}
const uidsOf = async (ctx: TestContext, query: object = {}) =>
  (await list(ctx, query)).found.map(({ uid }) => uid);

/** Cards shown a minute apart: A and B and a stranger at CP-1 from noon on, then A at CP-2, at no site. */
async function aDay() {
  const { ctx, charger } = await aPricedPeer();
  const settings = { accept_unknown_tokens: false };
  await ctx.table.write([{ op: 'update', key: keys.organization('demo'), set: settings }]);
  await aToken(ctx, 'A');
  await aToken(ctx, { uid: 'B', status: 'blocked' });
  await createCharger(ctx, NewCharger.parse({ id: 'CP-2', security_profile: 0 }));
  const other = await aPeer(ctx, { id: 'CP-2', registered: true });
  for (const idTag of ['A', 'B', 'STRANGER']) {
    await charger.call('Authorize', { idTag });
    ctx.tick(MINUTE);
  }
  await other.call('Authorize', { idTag: 'a' });
  return ctx;
}

describe('authorizations', () => {
  test.each([
    [{}, ['a', 'STRANGER', 'B', 'A']],
    [{ charger_id: 'CP-1' }, ['STRANGER', 'B', 'A']],
    [{ uid: ' a ' }, ['a', 'A']],
    [{ uid: 'A', charger_id: 'CP-2' }, ['a']],
    [{ result: 'rejected' }, ['STRANGER', 'B']],
    [{ reason: 'unknown,expired' }, ['STRANGER']],
    [{ created_after: '2026-06-01T12:01:00Z' }, ['a', 'STRANGER', 'B']],
    [{ created_before: '2026-06-01T12:02:00Z' }, ['B', 'A']],
    [{ created_after: '2026-06-01T12:01:00Z', created_before: '2026-06-01T12:02:00Z' }, ['B']],
    [{ charger_id: 'CP-1', created_after: '2026-06-01T12:01:30Z' }, ['STRANGER']],
    [{ charger_id: 'NONE' }, []],
    [{ created_after: '1960-01-01T00:00:00Z', limit: 1 }, ['a']],
  ])('narrowed by %j are, newest first, of %j', async (query, uids) => {
    expect(await uidsOf(await aDay(), query)).toEqual(uids);
  });

  test.each([{}, { charger_id: 'CP-1' }, { uid: 'A' }])(
    'of %j come in pages without a gap or a repeat',
    async (filter) => {
      const ctx = await aDay();
      const all = await uidsOf(ctx, filter);
      const seen: unknown[] = [];
      let page = await list(ctx, { ...filter, limit: 1 });
      for (;;) {
        seen.push(...page.found.map(({ uid }) => uid));
        if (!page.cursor) break;
        page = await list(ctx, { ...filter, limit: 1, cursor: page.cursor });
      }
      expect(seen).toEqual(all);
      expect(page.total).toBeNull();
    },
  );

  test('of other sites, and at none, are not seen by a credential of one site', async () => {
    const ctx = (await aDay()).as({ actor: RESTRICTED });
    expect(await uidsOf(ctx)).toEqual(['STRANGER', 'B', 'A']);
    expect(await uidsOf(ctx, { uid: 'A' })).toEqual(['A']);
    expect(await uidsOf(ctx, { charger_id: 'CP-2' })).toEqual([]);
  });

  test('are kept for ninety days', async () => {
    const ctx = await aDay();
    ctx.tick(89 * 24 * 60 * MINUTE);
    expect(await uidsOf(ctx)).toHaveLength(4);
    ctx.tick(2 * 24 * 60 * MINUTE);
    expect(await uidsOf(ctx)).toEqual([]);
  });
});
