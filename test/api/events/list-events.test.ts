import { describe, expect, test } from 'vitest';
import { endpoint } from '#functions/api/events/list-events.ts';
import { appendEvent } from '#shared/events/append-event.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { anEvent, earlierId } from '#test/events/an-event.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

async function appended(ctx: TestContext, differences: Partial<EventEnvelope> = {}) {
  const event = anEvent(ctx, differences);
  await appendEvent(ctx, event);
  return event;
}
const ids = async (ctx: TestContext, query: object) => {
  const { body } = await call(ctx, endpoint, { query: { ...query } });
  return (body['events'] as { id: string }[]).map(({ id }) => id);
};

describe('listEvents', () => {
  test('answers envelopes, newest first', async () => {
    const ctx = testContext();
    const events = [await appended(ctx), await appended(ctx)];
    const reply = await call(ctx, endpoint);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ events: events.toReversed(), total: null, next_cursor: null });
  });

  test('pages through all of them once, in order, from any event on', async () => {
    const ctx = testContext();
    const all = [];
    for (let n = 0; n < 25; n++) all.push((await appended(ctx)).id);
    const after = earlierId(ctx);
    ctx.tick(2000);
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const query = { after, limit: 7, ...(cursor ? { cursor } : {}) };
      const { body } = await call(ctx, endpoint, { query });
      seen.push(...(body['events'] as { id: string }[]).map(({ id }) => id));
      cursor = body['next_cursor'];
    } while (cursor);
    expect(seen).toEqual(all);
    expect(await ids(ctx, { after: all[9] })).toEqual(all.slice(10));
  });

  test('filters by type, object, place and time', async () => {
    const ctx = testContext();
    const started = await appended(ctx, {
      type: 'session.started',
      subject: { object: 'session', id: 'sess_1', resource_version: 1 },
      scope: { site_id: 'BLR-IND', charger_id: 'BLR-014', session_id: 'sess_1' },
    });
    ctx.tick(10_000);
    const between = ctx.now().toISOString();
    const issued = await appended(ctx, {
      type: 'cdr.created',
      subject: { object: 'cdr', id: 'cdr_1', resource_version: 1 },
      scope: { site_id: 'BLR-HSR', charger_id: 'BLR-015', session_id: 'sess_1' },
    });
    const [a, b] = [started.id, issued.id];
    expect(await ids(ctx, { types: 'session.*' })).toEqual([a]);
    expect(await ids(ctx, { types: 'session.ended,cdr.created' })).toEqual([b]);
    expect(await ids(ctx, { types: '*' })).toEqual([b, a]);
    expect(await ids(ctx, { object_id: 'cdr_1' })).toEqual([b]);
    expect(await ids(ctx, { session_id: 'sess_1' })).toEqual([b, a]);
    expect(await ids(ctx, { charger_id: 'BLR-014' })).toEqual([a]);
    expect(await ids(ctx, { site_id: 'BLR-HSR' })).toEqual([b]);
    expect(await ids(ctx, { created_after: between })).toEqual([b]);
    expect(await ids(ctx, { created_before: between })).toEqual([a]);
    expect(await ids(ctx, { after: a, object_id: 'sess_1' })).toEqual([]);
  });

  test('leaves out what the credential may not read', async () => {
    const ctx = testContext();
    const about = (object: string, site_id: string | null) => ({
      subject: { object, id: `${object}_1`, resource_version: 1 },
      scope: { site_id },
    });
    const seen = await appended(ctx, about('session', 'BLR-IND'));
    await appended(ctx, about('session', 'BLR-HSR'));
    await appended(ctx, about('session', null));
    await appended(ctx, about('payout', 'BLR-IND'));
    const actor = {
      kind: 'api_key',
      id: 'key_2',
      scopes: ['events:read', 'sessions:read'],
      siteIds: ['BLR-IND'],
    } as const;
    expect(await ids(ctx.as({ actor }), {})).toEqual([seen.id]);
  });

  test.each([
    ['an id that is none', { after: 'evt_1' }, 400],
    ['a type that is none', { types: 'session' }, 400],
    ['a cursor of another list', { cursor: 'abc' }, 400],
    ['a start before the log', { after: 'evt_01JJ000000000000000000000A' }, 410],
  ])('refuses %s', async (_, query, status) => {
    expect((await call(testContext(), endpoint, { query })).status).toBe(status);
  });

  test('refuses a cursor older than a day', async () => {
    const ctx = testContext();
    await appended(ctx);
    await appended(ctx);
    const { body } = await call(ctx, endpoint, { query: { limit: 1 } });
    ctx.tick(86_400_001);
    const query = { limit: 1, cursor: String(body['next_cursor']) };
    expect(await call(ctx, endpoint, { query })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'cursor' }] },
    });
  });
});
