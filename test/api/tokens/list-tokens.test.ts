import { describe, expect, test } from 'vitest';
import { endpoint as listTokens } from '#functions/api/tokens/list-tokens.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { aToken } from '#test/support/listed-charger.ts';

async function uidsOf(ctx: TestContext, query: object = {}): Promise<unknown[]> {
  const { body } = await call(ctx, listTokens, { query: { ...query } });
  return Array.isArray(body['tokens']) ? body['tokens'].map(({ uid }) => uid) : [];
}

describe('the list of tokens', () => {
  test('is newest first, in pages, with the number of all', async () => {
    const ctx = testContext();
    for (let n = 0; n < 5; n++) await aToken(ctx, `CARD-${n}`);
    const seen: unknown[] = [];
    let cursor: unknown;
    do {
      const query = { limit: 2, ...(cursor ? { cursor } : {}) };
      const { body } = await call(ctx, listTokens, { query });
      expect(body['total']).toBe(5);
      if (Array.isArray(body['tokens'])) seen.push(...body['tokens'].map(({ uid }) => uid));
      cursor = body['next_cursor'];
    } while (cursor);
    expect(seen).toEqual(['CARD-4', 'CARD-3', 'CARD-2', 'CARD-1', 'CARD-0']);
  });

  test.each([
    [{ uid: ' card-1 ' }, ['CARD-1']],
    [{ uid: 'CARD' }, []],
    [{ driver_id: 'drv_1' }, ['CARD-3', 'CARD-1']],
    [{ driver_id: 'drv_1', type: 'app' }, ['CARD-3']],
    [{ type: 'app,emaid' }, ['CARD-3']],
    [{ status: 'blocked,lost' }, ['CARD-2']],
    [{ contract_id: 'C-1' }, ['CARD-2']],
    [{ group_id: 'FLEET' }, ['CARD-2', 'CARD-1']],
    [{ label: 'staff' }, ['CARD-1']],
    [{ external_ref: 'ref' }, ['CARD-3']],
    [{ updated_since: '2026-06-01T10:01:30+05:30' }, ['CARD-3']],
    [{ group_id: 'FLEET', limit: 1 }, ['CARD-2']],
  ])('narrowed by %j has %j', async (query, uids) => {
    const ctx = testContext();
    await aToken(ctx, {
      uid: 'CARD-1',
      driver_id: 'drv_1',
      group_id: 'FLEET',
      labels: ['staff'],
    });
    ctx.tick(60_000);
    await aToken(ctx, {
      uid: 'CARD-2',
      status: 'lost',
      contract_id: 'C-1',
      group_id: 'FLEET',
    });
    ctx.tick(60_000);
    await aToken(ctx, { uid: 'CARD-3', type: 'app', driver_id: 'drv_1', external_ref: 'ref' });
    expect(await uidsOf(ctx, query)).toEqual(uids);
  });

  test('can be asked for some by their ids', async () => {
    const ctx = testContext();
    const ids = [];
    for (const uid of ['A', 'B', 'C']) ids.push((await aToken(ctx, uid)).id);
    expect(await uidsOf(ctx, { ids: `${ids[0]},${ids[2]},tok_none` })).toEqual(['C', 'A']);
  });

  test('lacks the tags of sessions that were started over the API', async () => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const session = await startSession(ctx, NewSession.parse({ charger_id: 'BLR-014' }));
    expect(await uidsOf(ctx)).toEqual([]);
    expect(await uidsOf(ctx, { uid: session.id.slice(-20) })).toEqual([]);
  });
});
