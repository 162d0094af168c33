import { describe, expect, test } from 'vitest';
import { keys } from '#shared/db/keys.ts';
import { sendEvents } from '#shared/live/send-events.ts';
import { takeTurn } from '#shared/live/turn.ts';
import { anEvent } from '#test/events/an-event.ts';
import { aLiveClient } from '#test/live/live-client.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aCharger } from '#test/support/fake-charger.ts';
import { settle } from '#test/support/settle.ts';

async function aGreetedClient(ctx: TestContext) {
  const client = await aLiveClient(ctx);
  await settle(ctx);
  return client;
}
const someEvents = (ctx: TestContext, n: number) => Array.from({ length: n }, () => anEvent(ctx));
const noWait = async () => {};

describe('the frames of a connection', () => {
  test('arrive in the order of their numbers, whoever sends at the same time', async () => {
    const ctx = testContext();
    const client = await aGreetedClient(ctx);
    const batches = Array.from({ length: 10 }, () => someEvents(ctx, 5));
    await Promise.all(
      batches.map((events) => sendEvents(ctx, client.connectionId, events, noWait)),
    );
    const frames = client.of('event');
    expect(frames.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    expect(new Set(frames.map(({ event }) => Object(event)['id'])).size).toBe(50);
  });

  test('over 200 in a second become one gap, from before the last that was sent', async () => {
    const ctx = testContext();
    const client = await aGreetedClient(ctx);
    const events = someEvents(ctx, 230);
    await sendEvents(ctx, client.connectionId, events);
    expect(client.of('event')).toHaveLength(200);
    const [gap, ...more] = client.of('gap');
    expect(more).toEqual([]);
    expect(String(gap?.['after']) < String(events[199]?.id)).toBe(true);
    ctx.tick(1000);
    await sendEvents(ctx, client.connectionId, [anEvent(ctx)]);
    expect(client.frames.at(-1)).toMatchObject({ type: 'event', seq: 201 });
  });

  test('too long for the gateway become a gap', async () => {
    const ctx = testContext();
    const client = await aGreetedClient(ctx);
    const long = anEvent(ctx, { data: { object: { text: 'x'.repeat(33_000) } } });
    await sendEvents(ctx, client.connectionId, [long, anEvent(ctx)]);
    const frames = client.frames.slice(1);
    expect(frames).toMatchObject([{ type: 'gap' }, { type: 'event', seq: 1 }]);
    expect(String(frames[0]?.['after']) < long.id).toBe(true);
  });

  test('after one that may not have arrived begin with a gap, and its number is not used again', async () => {
    const ctx = testContext();
    const client = await aGreetedClient(ctx);
    const { live } = ctx.sockets;
    const failing = {
      ...ctx,
      sockets: {
        ...ctx.sockets,
        live: {
          close: (id: string) => live.close(id),
          send: async () => {
            throw new Error('The client does not read.');
          },
        },
      },
    };
    const [first, lost, next] = someEvents(ctx, 3);
    if (!first || !lost || !next) throw new Error('three events');
    await sendEvents(ctx, client.connectionId, [first]);
    await sendEvents(failing, client.connectionId, [lost]);
    await sendEvents(ctx, client.connectionId, [next]);
    expect(client.frames.slice(1)).toMatchObject([
      { type: 'event', seq: 1 },
      { type: 'gap' },
      { type: 'event', seq: 3 },
    ]);
  });

  test('go on after a sender has died in the middle, with a gap and no number twice', async () => {
    const ctx = testContext();
    const client = await aGreetedClient(ctx);
    await sendEvents(ctx, client.connectionId, [anEvent(ctx)]);
    // It has counted three frames and is never heard of again.
    void takeTurn(ctx, client.connectionId, 3, () => new Promise<never>(() => {}));
    let waits = 0;
    const wait = async () => {
      waits += 1;
      ctx.tick(1000);
    };
    await sendEvents(ctx, client.connectionId, [anEvent(ctx)], wait);
    expect(waits).toBe(10);
    expect(client.frames.slice(1)).toMatchObject([
      { type: 'event', seq: 1 },
      { type: 'gap' },
      { type: 'event', seq: 5 },
    ]);
  });

  test('are sent to nobody when the connection is forgotten, and no row comes back', async () => {
    const ctx = testContext();
    const client = await aGreetedClient(ctx);
    await client.leave();
    const { result } = await sendEvents(ctx, client.connectionId, [anEvent(ctx)]);
    expect(result).toBe('gone');
    expect(await ctx.table.get(keys.liveTurn(client.connectionId))).toBeUndefined();
  });
});

describe('a long snapshot', () => {
  test('comes in several frames of 32 KB at most, the last one saying so', async () => {
    const ctx = testContext();
    for (let n = 100; n < 160; n++) await aCharger(ctx, `BLR-${n}`);
    const client = await aGreetedClient(ctx);
    const parts = client.frames;
    expect(parts.map(({ type }) => type)).toEqual([
      'hello',
      ...parts.slice(1).map(() => 'snapshot'),
    ]);
    expect(parts.map((part) => part['snapshot_complete'])).toEqual(
      parts.map((_, n) => n === parts.length - 1),
    );
    expect(parts.flatMap((part) => part['snapshot'])).toHaveLength(60);
    for (const { text } of ctx.sent.live)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(32_768);
  });
});
