import { describe, expect, test } from 'vitest';
import { reader as pushLive } from '#functions/stream/push-live.ts';
import { listEvents } from '#shared/events/list-events.ts';
import { aLiveClient } from '#test/live/live-client.ts';
import { aCharge } from '#test/support/a-charge.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { feed, settle } from '#test/support/settle.ts';

const logged = async (ctx: TestContext) =>
  (await listEvents(ctx, {}, { limit: 200 })).events.toReversed();
const idsOf = (frames: readonly Readonly<Record<string, unknown>>[]) =>
  frames.map(({ event }) => Object(event)['id']);

describe('a frame of a live client', () => {
  test('ping is answered with the time', async () => {
    const ctx = testContext();
    const client = await aLiveClient(ctx);
    await settle(ctx);
    await client.say({ action: 'ping' });
    expect(client.frames.at(-1)).toEqual({ type: 'pong', server_time: ctx.now().toISOString() });
  });

  test('subscribe adds topics, takes a new filter, and is answered with the present state', async () => {
    const ctx = testContext();
    const client = await aLiveClient(ctx, { topics: ['faults'], filter: { site_id: ['BLR-HSR'] } });
    await settle(ctx);
    const charge = await aCharge(ctx);
    await client.say({
      action: 'subscribe',
      topics: ['sessions'],
      filter: { charger_id: ['BLR-014'] },
    });
    expect(client.frames.at(-1)).toMatchObject({
      type: 'hello',
      topics: ['faults', 'sessions'],
      snapshot: [{ object: 'session', id: charge.id }, { object: 'charger' }],
    });
    await settle(ctx);
    await charge.measure(1500);
    await settle(ctx);
    expect(client.events).toContain('session.updated');
  });

  test('unsubscribe takes topics away', async () => {
    const ctx = testContext();
    const client = await aLiveClient(ctx, { topics: ['sessions', 'connectors'] });
    await settle(ctx);
    await client.say({ action: 'unsubscribe', topics: ['sessions'] });
    expect(client.frames.at(-1)).toMatchObject({ type: 'hello', topics: ['connectors'] });
    await aCharge(ctx);
    await settle(ctx);
    expect(client.events.filter((type) => String(type).startsWith('session.'))).toEqual([]);
  });

  test('subscribe is refused for what the credential may not read', async () => {
    const ctx = testContext();
    const actor = { kind: 'api_key', id: 'key_2', scopes: ['chargers:read'] } as const;
    const client = await aLiveClient(ctx.as({ actor }), { topics: ['connectors'] });
    await client.say({ action: 'subscribe', topics: ['commands'] });
    expect(client.frames.at(-1)).toMatchObject({ type: 'error', code: 'insufficient_scope' });
    expect(client.closed).toBeUndefined();
  });

  test.each([
    ['no JSON', '{"action":'],
    ['no frame', '[]'],
    ['an unknown action', { action: 'dance' }],
    ['a topic that is none', { action: 'subscribe', topics: ['weather'] }],
    ['too long a frame', { action: 'ping', padding: 'x'.repeat(33_000) }],
  ])('ends the connection with 4400: %s', async (_, frame) => {
    const ctx = testContext();
    const client = await aLiveClient(ctx);
    await client.say(frame);
    expect(client.frames.at(-1)).toMatchObject({ type: 'error', code: 'bad_frame' });
    expect(client.closed).toMatchObject({ code: 4400 });
  });

  test('resume sends what followed an event, oldest first, and numbers it on', async () => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    await settle(ctx);
    for (let minute = 1; minute <= 3; minute++) {
      ctx.tick(61_000);
      await charge.measure(1000 + minute * 300);
      await settle(ctx);
    }
    const client = await aLiveClient(ctx, { topics: ['sessions'] });
    await settle(ctx);
    const events = (await logged(ctx)).filter(({ type }) => type.startsWith('session.'));
    await client.say({ action: 'resume', after: events[0]?.id });
    expect(idsOf(client.of('event'))).toEqual(events.slice(1).map(({ id }) => id));
    expect(client.of('event').map(({ seq }) => seq)).toEqual(events.slice(1).map((_, n) => n + 1));
  });

  test('resume of more than ten minutes ago is a gap', async () => {
    const ctx = testContext();
    await aCharge(ctx);
    await settle(ctx);
    const [first] = await logged(ctx);
    ctx.tick(600_001);
    const client = await aLiveClient(ctx, { topics: ['sessions'] });
    await settle(ctx);
    await client.say({ action: 'resume', after: first?.id });
    expect(client.frames.at(-1)).toEqual({ type: 'gap', after: first?.id });
    expect(client.events).toEqual([]);
  });
});

describe('a ticket with resume_after', () => {
  test('brings first the greeting, then what was missed, then what comes', async () => {
    const ctx = testContext();
    const before = await aLiveClient(ctx, { topics: ['sessions'] });
    await settle(ctx);
    const charge = await aCharge(ctx);
    await settle(ctx);
    const last = String(idsOf(before.of('event')).at(-1));
    await before.leave();
    ctx.tick(61_000);
    await charge.measure(1500);
    await settle(ctx);
    const client = await aLiveClient(ctx, { topics: ['sessions'], resume_after: last });
    await settle(ctx);
    await charge.end(2000);
    await settle(ctx);
    expect(client.frames.map(({ type }) => type)).toEqual(['hello', 'event', 'event']);
    expect(client.events).toEqual(['session.updated', 'session.ended']);
  });

  test('brings in the end what was on its way into the log, once', async () => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    await settle(ctx);
    const last = (await logged(ctx)).findLast(({ type }) => type === 'session.updated');
    ctx.tick(61_000);
    // Committed, and pushed to nobody; the relay comes to it after the client has resumed.
    await charge.measure(1500);
    await feed(ctx, pushLive);
    ctx.tick(1500);
    const client = await aLiveClient(ctx, { topics: ['sessions'], resume_after: last?.id ?? '' });
    await feed(ctx, pushLive);
    await settle(ctx);
    expect(client.frames.map(({ type }) => type)).toEqual(['hello']);
    ctx.tick(5000);
    await settle(ctx);
    expect(client.events).toEqual(['session.updated']);
  });
});
