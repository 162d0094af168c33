import { describe, test } from 'vitest';
import { endpoint } from '#functions/api/sessions/list-sessions.ts';
import { endpoint as start } from '#functions/api/sessions/start-session.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger, keyOfSites } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

const list = async (ctx: TestContext, query: object = {}) => {
  const { body } = await call(ctx, endpoint, { query: { ...query } });
  const sessions = Array.isArray(body['sessions']) ? body['sessions'] : [];
  return { ...body, sessions, ids: sessions.map((s) => s.id) };
};

/** Starts one on each charger, a minute apart; the ids, newest first. */
async function starts(ctx: TestContext, chargers: readonly string[], body: object = {}) {
  const ids: string[] = [];
  for (const charger_id of chargers) {
    const reply = await call(ctx, start, { body: { charger_id, ...body } });
    ids.unshift(String(reply.body['session_id']));
    ctx.tick(60_000);
  }
  return ids;
}

describe('listSessions', () => {
  test('gives an ended session its whole CDR when asked, and picks sessions by id', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    ctx.tick(600_000);
    await charge.end(3000);
    await settle(ctx);
    await anOnlineCharger(ctx, 'A-1');
    await starts(ctx, ['A-1']);
    const { sessions } = await list(ctx, { ids: `${charge.id},sess_none`, expand: 'cdr' });
    expect(sessions).toMatchObject([
      { id: charge.id, cdr: { session_id: charge.id, energy_kwh: 2, meter_stop_kwh: 3 } },
    ]);
  });

  test('counts the matches beyond the page when asked', async ({ expect }) => {
    const ctx = testContext();
    for (const id of ['A-1', 'A-2', 'A-3']) await anOnlineCharger(ctx, id);
    await starts(ctx, ['A-1', 'A-2', 'A-3']);
    expect(await list(ctx, { include_total: 'true', limit: 1 })).toMatchObject({ total: 3 });
    expect(await list(ctx, { include_total: 'true', charger_id: 'A-2' })).toMatchObject({
      total: 1,
    });
    expect(await list(ctx, { limit: 1 })).toMatchObject({ total: null });
  });

  test('gives an ended session its CDR in a few figures', async ({ expect }) => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    ctx.tick(600_000);
    await charge.end(3000);
    await settle(ctx);
    const { sessions, total, next_cursor } = { total: 0, next_cursor: '', ...(await list(ctx)) };
    expect({ total, next_cursor }).toEqual({ total: null, next_cursor: null });
    expect(sessions).toMatchObject([
      {
        id: charge.id,
        status: 'ended',
        cdr: {
          energy_kwh: 2,
          duration_minutes: 10,
          total: { currency: 'INR' },
          number: expect.any(String),
        },
      },
    ]);
  });

  test('goes from the newest to the oldest, a page at a time, over months', async ({ expect }) => {
    const ctx = testContext({ at: '2026-05-31T23:58:30.000Z' });
    const chargers = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5'];
    for (const id of chargers) await anOnlineCharger(ctx, id);
    const ids = await starts(ctx, chargers);
    const pages: string[][] = [];
    let cursor: unknown;
    do {
      const page = await call(ctx, endpoint, {
        query: { limit: 2, ...(cursor ? { cursor } : {}) },
      });
      const { sessions, next_cursor } = page.body;
      pages.push((Array.isArray(sessions) ? sessions : []).map((s) => s.id));
      cursor = next_cursor;
    } while (cursor);
    expect(pages.flat()).toEqual(ids);
    expect(Math.max(...pages.map((p) => p.length))).toBe(2);
  });

  test('finds all under way by their statuses alone', async ({ expect }) => {
    const ctx = testContext();
    const over = await aCharge(ctx);
    await over.end(3000);
    await anOnlineCharger(ctx, 'A-1');
    await anOnlineCharger(ctx, 'A-2');
    const ids = await starts(ctx, ['A-1', 'A-2']);
    const open = { status: 'starting,charging,suspended,stopping' };
    expect((await list(ctx, open)).ids).toEqual(ids);
    expect((await list(ctx, { status: 'ended' })).ids).toEqual([over.id]);
  });

  test('narrows by charger, site, reference and time', async ({ expect }) => {
    const ctx = testContext();
    await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
    await anOnlineCharger(ctx, 'A-1', { site_id: 'BLR-IND' });
    await anOnlineCharger(ctx, 'A-2');
    const [second, first] = [
      ...(await starts(ctx, ['A-2'], { external_ref: 'order-2' })),
      ...(await starts(ctx, ['A-1'])),
    ].reverse();
    expect((await list(ctx, { charger_id: 'A-1' })).ids).toEqual([second]);
    expect((await list(ctx, { site_id: 'BLR-IND' })).ids).toEqual([second]);
    expect((await list(ctx, { external_ref: 'order-2' })).ids).toEqual([first]);
    expect((await list(ctx, { started_after: '2026-06-01T10:00:30+05:30' })).ids).toEqual([second]);
    expect((await list(ctx, { started_before: '2026-06-01T04:30:30Z' })).ids).toEqual([first]);
    expect((await list(ctx, { charger_id: 'unknown' })).ids).toEqual([]);
  });

  test('does not take the cursor of another filter', async ({ expect }) => {
    const ctx = testContext();
    for (const id of ['A-1', 'A-2']) await anOnlineCharger(ctx, id);
    await starts(ctx, ['A-1', 'A-2']);
    const { body } = await call(ctx, endpoint, { query: { limit: 1 } });
    const query = { limit: 1, cursor: body['next_cursor'], charger_id: 'A-1' };
    const { status, body: problem } = await call(ctx, endpoint, { query });
    expect([status, problem['code']]).toEqual([400, 'invalid_request']);
  });

  test('shows no session of others, nor of a site that the key is not for', async ({ expect }) => {
    const ctx = testContext();
    await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
    const { id } = await aCharge(ctx, {}, { site_id: 'BLR-IND' });
    expect((await list(ctx.as({ tenantId: 'other' }))).ids).toEqual([]);
    expect((await list(ctx.as(keyOfSites('BLR-KOR')))).ids).toEqual([]);
    expect((await list(ctx.as(keyOfSites('BLR-IND')))).ids).toEqual([id]);
  });

  test('refuses a status that there is not', async ({ expect }) => {
    const { status, body } = await call(testContext(), endpoint, { query: { status: 'done' } });
    expect([status, body['code']]).toEqual([400, 'invalid_request']);
  });
});
