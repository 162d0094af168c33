import { describe, expect, test } from 'vitest';
import { endpoint } from '#functions/api/events/create-live-ticket.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

const aKey = (differences: object) =>
  ({ kind: 'api_key', id: 'key_2', scopes: ['*'], ...differences }) as const;

describe('createLiveTicket', () => {
  test('answers a URL for one connection within a minute', async () => {
    const ctx = testContext();
    const body = { topics: ['sessions', 'connectors'], filter: { site_id: ['BLR-IND'] } };
    const reply = await call(ctx, endpoint, { body });
    expect(reply).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^ltk_/),
        url: expect.stringMatching(/^wss:\/\/api\.magma\.test\/live\/lt_[A-Za-z0-9_-]{32}$/),
        expires_at: '2026-06-01T04:31:00.000Z',
        max_duration_seconds: 7200,
      },
    });
  });

  test('stores the hash of its token, not the token', async () => {
    const ctx = testContext();
    const { body } = await call(ctx, endpoint, { body: { topics: ['sessions'] } });
    const token = String(body['url']).split('/').at(-1) ?? '';
    expect(await ctx.table.get({ pk: `LT#${token}`, sk: 'TICKET' })).toBeUndefined();
  });

  test.each([
    ['no topic', {}, 422],
    ['a topic that is none', { topics: ['weather'] }, 422],
    ['an event id that is none', { topics: ['sessions'], resume_after: 'evt_1' }, 422],
    ['26 sites', { topics: ['sessions'], filter: { site_id: Array(26).fill('S') } }, 422],
  ])('refuses %s', async (_, body, status) => {
    expect((await call(testContext(), endpoint, { body })).status).toBe(status);
  });

  test('refuses a topic of which the credential may read nothing', async () => {
    const ctx = testContext({ actor: aKey({ scopes: ['live:connect', 'chargers:read'] }) });
    expect((await call(ctx, endpoint, { body: { topics: ['chargers'] } })).status).toBe(201);
    const reply = await call(ctx, endpoint, { body: { topics: ['chargers', 'commands'] } });
    expect(reply).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
  });

  test('refuses a site that the credential does not reach', async () => {
    const ctx = testContext({ actor: aKey({ siteIds: ['BLR-IND'] }) });
    const body = { topics: ['sessions'], filter: { site_id: ['BLR-HSR'] } };
    const reply = await call(ctx, endpoint, { body });
    expect(reply).toMatchObject({ status: 403, body: { code: 'site_restricted' } });
  });
});
