import { describe, expect, it } from 'vitest';
import { endpoint } from '#functions/api/cdrs/list-cdrs.ts';
import { issueCdr } from '#shared/cdrs/issue-cdr.ts';
import type { Session } from '#shared/sessions/session.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anEndedSession } from '#test/support/ended-session.ts';

const DAY = 86_400_000;

async function issued(ctx: TestContext, session: Partial<Session> = {}) {
  const { session: s, live } = await anEndedSession(ctx, { session });
  return issueCdr(ctx, s, live);
}

/** Five CDRs, each a day after the other, over the end of a month. */
async function world() {
  const ctx = testContext({
    at: '2026-06-29T12:00:00.000Z',
    organization: { created_at: '2026-01-01T00:00:00.000Z' },
  });
  const places = ['BLR-IND', 'BLR-KOR', 'BLR-IND', null, 'BLR-IND'];
  const cdrs = [];
  for (const [i, site_id] of places.entries()) {
    if (i > 0) ctx.tick(DAY);
    cdrs.push(await issued(ctx, { site_id, charger_id: `BLR-01${i % 2}` }));
  }
  return { ctx, ids: cdrs.map(({ id }) => id), cdrs };
}

const idsOf = (body: Readonly<Record<string, unknown>>) =>
  Array.isArray(body['cdrs']) ? body['cdrs'].map((cdr: { id: string }) => cdr.id) : [];

describe('listCdrs', () => {
  it('gives every CDR once over its pages, the newest first, across months', async () => {
    const { ctx, ids } = await world();
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const query = { limit: 2, ...(cursor ? { cursor } : {}) };
      const { body } = await call(ctx, endpoint, { query });
      expect(body['total']).toBeNull();
      seen.push(...idsOf(body));
      cursor = body['next_cursor'];
    } while (cursor);
    expect(seen).toEqual(ids.toReversed());
  });

  it('gives no cursor after the last one', async () => {
    const { ctx } = await world();
    const { body } = await call(ctx, endpoint, { query: { limit: 5 } });
    expect(idsOf(body)).toHaveLength(5);
    expect(body['next_cursor']).toBeNull();
  });

  it('shows number, session, energy and price of each', async () => {
    const { ctx, cdrs } = await world();
    const { body } = await call(ctx, endpoint, { query: { limit: 1 } });
    expect(body['cdrs']).toMatchObject([
      {
        number: '2026-27/000005',
        session_id: cdrs[4]?.session_id,
        energy_kwh: 14.3,
        total: { amount: '288.86', currency: 'INR' },
        tax: { amount: '44.06', currency: 'INR' },
      },
    ]);
  });

  it.each([
    ['a site', { site_id: 'BLR-IND' }, [4, 2, 0]],
    ['a charger', { charger_id: 'BLR-011' }, [3, 1]],
    ['from an instant on', { issued_after: '2026-07-01T17:30:00+05:30' }, [4, 3, 2]],
    ['before an instant', { issued_before: '2026-07-01T12:00:00Z' }, [1, 0]],
    ['begun before an instant', { started_before: '2026-06-30T00:00:00Z' }, [0]],
    ['begun from an instant on', { started_after: '2026-07-03T00:00:00Z' }, [4]],
    ['a site within a time', { site_id: 'BLR-IND', issued_after: '2026-07-01T00:00:00Z' }, [4, 2]],
  ])('filters by %s', async (_, query, expected) => {
    const { ctx, ids } = await world();
    const { body } = await call(ctx, endpoint, { query });
    expect(idsOf(body)).toEqual(expected.map((i) => ids[i]));
  });

  it('finds the CDR of a session, and none of another', async () => {
    const { ctx, cdrs } = await world();
    const query = { session_id: cdrs[1]?.session_id };
    expect(idsOf((await call(ctx, endpoint, { query })).body)).toEqual([cdrs[1]?.id]);
    const none = await call(ctx, endpoint, { query: { session_id: 'sess_none' } });
    expect(none.body).toMatchObject({ cdrs: [], next_cursor: null });
  });

  it('counts on demand what matches the filter', async () => {
    const { ctx } = await world();
    const query = { site_id: 'BLR-IND', include_total: 'true', limit: 1 };
    const { body } = await call(ctx, endpoint, { query });
    expect(body['total']).toBe(3);
    expect(body).not.toHaveProperty('total_capped');
  });

  it('shows a key restricted to sites what was charged there, and another organization nothing', async () => {
    const { ctx, ids } = await world();
    const actor = { kind: 'api_key', id: 'key_2', scopes: ['*'], siteIds: ['BLR-KOR'] } as const;
    expect(idsOf((await call(ctx.as({ actor }), endpoint, {})).body)).toEqual([ids[1]]);
    expect(idsOf((await call(ctx.as({ tenantId: 'other' }), endpoint, {})).body)).toEqual([]);
  });

  it.each([
    ['an unreadable time', { issued_after: 'yesterday' }],
    ['a foreign cursor', { cursor: 'bm90IGEgY3Vyc29y' }],
    ['a page of none', { limit: 0 }],
  ])('refuses %s', async (_, query) => {
    const { ctx } = await world();
    expect((await call(ctx, endpoint, { query })).status).toBe(400);
  });
});
