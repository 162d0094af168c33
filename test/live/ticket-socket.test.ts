import { describe, expect, test } from 'vitest';
import { createLiveTicket, NewLiveTicket } from '#shared/live/live-ticket.ts';
import { aLiveClient, connectTo, knock } from '#test/live/live-client.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger, anOnlineCharger } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

const MINUTE = 60_000;
const aTicket = (ctx: TestContext, wanted: object = {}) =>
  createLiveTicket(ctx, NewLiveTicket.parse({ topics: ['sessions'], ...wanted }));

describe('a live ticket', () => {
  test('opens one connection', async () => {
    const ctx = testContext();
    const { url } = await aTicket(ctx);
    expect((await knock(ctx, url)).status).toBe(200);
    expect((await knock(ctx, url)).status).toBe(401);
  });

  test('opens none after a minute', async () => {
    const ctx = testContext();
    const { url, expires_at } = await aTicket(ctx);
    expect(expires_at).toBe('2026-06-01T04:31:00.000Z');
    ctx.tick(MINUTE);
    expect((await knock(ctx, url)).status).toBe(401);
  });

  test('opens the twentieth connection of a credential and not the next, until one is closed', async () => {
    const ctx = testContext();
    const first = await aLiveClient(ctx);
    for (let n = 2; n <= 20; n++) await aLiveClient(ctx);
    const { url } = await aTicket(ctx);
    expect((await knock(ctx, url)).status).toBe(429);
    await first.leave();
    expect((await knock(ctx, url)).status).toBe(200);
  });
});

describe('a live client', () => {
  test('is greeted with the open sessions and the chargers that it watches', async () => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    await aCharger(ctx, 'BLR-015');
    const client = await aLiveClient(ctx);
    await settle(ctx);
    expect(client.of('hello')).toMatchObject([
      {
        topics: ['sessions', 'connectors', 'chargers'],
        snapshot: [
          { object: 'session', session_id: charge.id, status: 'charging' },
          { object: 'charger', id: 'BLR-014', status: 'available' },
          { object: 'charger', id: 'BLR-015', status: 'pending' },
        ],
      },
    ]);
  });

  test('sees the events of its topics alone', async () => {
    const ctx = testContext();
    const connectors = await aLiveClient(ctx, { topics: ['connectors'] });
    const sessions = await aLiveClient(ctx, { topics: ['sessions'] });
    const values = await aLiveClient(ctx, { topics: ['meter_values'] });
    await settle(ctx);
    const charge = await aCharge(ctx);
    await charge.status('Charging');
    await charge.measure(1500);
    await settle(ctx);
    expect(new Set(connectors.events)).toEqual(new Set(['connector.status_changed']));
    expect(sessions.events).toEqual(['session.started', 'session.updated', 'session.updated']);
    expect(values.events).toEqual(['session.meter_values']);
  });

  test('sees those places alone that its filter names', async () => {
    const ctx = testContext();
    await aCharger(ctx, 'BLR-015');
    const here = await aLiveClient(ctx, { filter: { charger_id: ['BLR-014', 'BLR-099'] } });
    const there = await aLiveClient(ctx, { filter: { charger_id: ['BLR-015'] } });
    const elsewhere = await aLiveClient(ctx, { filter: { site_id: ['BLR-HSR'] } });
    const both = await aLiveClient(ctx, {
      filter: { charger_id: ['BLR-014'], site_id: ['BLR-HSR'] },
    });
    await settle(ctx);
    await aCharge(ctx);
    await settle(ctx);
    expect(here.events).toContain('session.started');
    for (const client of [there, elsewhere, both]) expect(client.events).toEqual([]);
  });

  test('sees nothing of another organization, or beyond its scopes and sites', async () => {
    const ctx = testContext();
    const key = { kind: 'api_key', id: 'key_2', scopes: ['*'] } as const;
    const other = await aLiveClient(ctx.as({ tenantId: 'other' }));
    const otherSite = await aLiveClient(ctx.as({ actor: { ...key, siteIds: ['BLR-HSR'] } }));
    const chargersOnly = await aLiveClient(
      ctx.as({ actor: { ...key, scopes: ['chargers:read'] } }),
      { topics: ['connectors'] },
    );
    await aCharge(ctx);
    await settle(ctx);
    expect(other.of('hello')).toMatchObject([{ snapshot: [] }]);
    expect(otherSite.of('hello')).toMatchObject([{ snapshot: [] }]);
    expect(chargersOnly.of('hello')).toMatchObject([{ snapshot: [{ object: 'charger' }] }]);
    expect([...other.events, ...otherSite.events]).toEqual([]);
  });

  test('is told of nothing between its opening and its greeting but by the snapshot', async () => {
    const ctx = testContext();
    const client = await aLiveClient(ctx);
    await anOnlineCharger(ctx, 'BLR-014');
    await settle(ctx);
    expect(client.frames).toMatchObject([
      { type: 'hello', snapshot: [{ id: 'BLR-014', connectivity: { state: 'online' } }] },
    ]);
  });

  test('is greeted when its socket is open, though the greeting came too early', async () => {
    const ctx = testContext();
    const client = await aLiveClient(ctx);
    ctx.sockets.live.gone.add(client.connectionId);
    await settle(ctx);
    expect(client.frames).toEqual([]);
    ctx.sockets.live.gone.delete(client.connectionId);
    ctx.tick(1000);
    await settle(ctx);
    expect(client.of('hello')).toHaveLength(1);
  });

  test('is forgotten when its socket never opens, or is found gone', async () => {
    const ctx = testContext();
    const never = await aLiveClient(ctx);
    const left = await aLiveClient(ctx);
    ctx.sockets.live.gone.add(never.connectionId);
    for (let second = 0; second < 20; second++) {
      await settle(ctx);
      ctx.tick(1000);
    }
    ctx.sockets.live.gone.add(left.connectionId);
    await aCharge(ctx);
    await settle(ctx);
    expect(ctx.counts['LivePushGone']).toBe(1);
    for (const { connectionId } of [never, left])
      expect(await ctx.table.get({ pk: `LC#${connectionId}`, sk: 'CONNECTION' })).toBeUndefined();
  });

  test('is given a new URL five minutes before its two hours are over', async () => {
    const ctx = testContext();
    const client = await aLiveClient(ctx, { topics: ['sessions'] });
    await settle(ctx);
    await aCharge(ctx);
    await settle(ctx);
    ctx.tick(115 * MINUTE);
    await settle(ctx);
    const [frame] = client.of('reconnect');
    expect(frame).toMatchObject({
      url: expect.stringContaining(`${ctx.urls.live}/lt_`),
      resume_after: expect.stringMatching(/^evt_/),
      within_seconds: 300,
    });
    ctx.tick(4 * MINUTE);
    const next = await connectTo(ctx, String(frame?.['url']));
    await settle(ctx);
    expect(next.of('hello')).toMatchObject([{ topics: ['sessions'] }]);
  });

  test('is given URL after URL for a day, then must ask for a ticket again', async () => {
    const ctx = testContext();
    let client = await aLiveClient(ctx);
    await settle(ctx);
    const urls: unknown[] = [];
    for (let n = 0; n < 14; n++) {
      ctx.tick(115 * MINUTE);
      await settle(ctx);
      urls.push(client.of('reconnect')[0]?.['url']);
      if (!urls.at(-1)) break;
      client = await connectTo(ctx, String(urls.at(-1)));
      await settle(ctx);
    }
    // 13 × 115 minutes are the first to exceed the 1,440 of a day.
    expect(urls).toHaveLength(13);
    expect(urls.at(-1)).toBeNull();
  });
});
