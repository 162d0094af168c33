import { describe, expect, test } from 'vitest';
import type { Table } from '#shared/core/table.ts';
import { appendEvent } from '#shared/events/append-event.ts';
import { findEvent } from '#shared/events/event-log.ts';
import { type EventFilter, listEvents } from '#shared/events/list-events.ts';
import { anEvent, earlierId } from '#test/events/an-event.ts';
import { type TestContext, testContext } from '#test/support/context.ts';

const idsOf = (events: readonly { id: string }[]) => events.map(({ id }) => id);
const read = async (ctx: TestContext, filter: EventFilter = {}) =>
  idsOf((await listEvents(ctx, filter, { limit: 200 })).events);

describe('the event log', () => {
  test('holds an event once, however often it is appended', async () => {
    const ctx = testContext();
    const event = anEvent(ctx);
    for (let n = 0; n < 3; n++) await appendEvent(ctx, event);
    expect(await read(ctx)).toEqual([event.id]);
    expect(await findEvent(ctx, event.id)).toEqual(event);
  });

  test('gives events in the order of their ids, those of one millisecond too', async () => {
    const ctx = testContext();
    const events = Array.from({ length: 100 }, () => anEvent(ctx));
    for (const event of events.toReversed()) await appendEvent(ctx, event);
    const start = earlierId(ctx);
    ctx.tick(2000);
    expect(await read(ctx, { after: start })).toEqual(idsOf(events));
    expect(await read(ctx)).toEqual(idsOf(events).toReversed());
  });

  test('shows the newest at once, but to who reads on only what nothing can precede any more', async () => {
    const ctx = testContext();
    const start = earlierId(ctx);
    const event = anEvent(ctx);
    await appendEvent(ctx, event);
    ctx.tick(1999);
    expect(await read(ctx)).toEqual([event.id]);
    expect(await read(ctx, { after: start })).toEqual([]);
    ctx.tick(1);
    expect(await read(ctx, { after: start })).toEqual([event.id]);
  });

  test('puts an event that comes late where a reader who has passed it still finds it', async () => {
    const ctx = testContext();
    const late = anEvent(ctx);
    const first = anEvent(ctx);
    await appendEvent(ctx, first);
    ctx.tick(5000);
    expect(await read(ctx, { after: earlierId(ctx) })).toEqual([first.id]);
    await appendEvent(ctx, late);
    await appendEvent(ctx, late);
    const second = anEvent(ctx);
    await appendEvent(ctx, second);
    ctx.tick(2000);
    expect(await read(ctx, { after: first.id })).toEqual([late.id, second.id]);
    expect(await read(ctx, { after: late.id })).toEqual([second.id]);
    expect(await findEvent(ctx, late.id)).toEqual(late);
  });

  test('moves an event whose write took so long that readers may have passed it', async () => {
    const ctx = testContext();
    const event = anEvent(ctx);
    const start = earlierId(ctx);
    const slowTable: Table = {
      get: (key) => ctx.table.get(key),
      batchGet: (keys) => ctx.table.batchGet(keys),
      query: (query) => ctx.table.query(query),
      increment: (key, attribute) => ctx.table.increment(key, attribute),
      async write(writes) {
        ctx.tick(1000);
        await ctx.table.write(writes);
      },
    };
    const before = anEvent(ctx);
    await appendEvent(ctx, before);
    await appendEvent({ ...ctx, table: slowTable }, event);
    ctx.tick(2000);
    expect(await read(ctx, { after: start })).toEqual([before.id, event.id]);
    expect(await read(ctx, { after: before.id })).toEqual([event.id]);
  });

  test('is walked over hours without events, newest or oldest first', async () => {
    const ctx = testContext();
    const start = earlierId(ctx);
    const events = [];
    for (let day = 0; day < 30; day++) {
      const event = anEvent(ctx);
      await appendEvent(ctx, event);
      events.push(event.id);
      ctx.tick(86_400_000);
    }
    expect(await read(ctx, { after: start })).toEqual(events);
    expect(await read(ctx)).toEqual(events.toReversed());
  });

  test('reads a bounded number of hours at a time and says where to go on', async () => {
    const ctx = testContext();
    const after = earlierId(ctx);
    for (let hour = 0; hour < 60; hour++) {
      await appendEvent(ctx, anEvent(ctx));
      ctx.tick(3_600_000);
    }
    const wanted = anEvent(ctx, { type: 'thing.wanted' });
    await appendEvent(ctx, wanted);
    ctx.tick(2000);
    const filter = { after, types: ['thing.wanted'] };
    const first = await listEvents(ctx, filter, { limit: 10 });
    expect(first.events).toEqual([]);
    const second = await listEvents(ctx, filter, { limit: 10, cursor: first.next });
    expect(idsOf(second.events)).toEqual([wanted.id]);
    expect(second.next).toBeUndefined();
  });

  test('refuses to go on from where it no longer reaches', async () => {
    const ctx = testContext();
    const event = anEvent(ctx);
    await appendEvent(ctx, event);
    ctx.tick(90 * 86_400_000 + 1);
    await expect(read(ctx, { after: event.id })).rejects.toMatchObject({ code: 'gone' });
    expect(await read(ctx)).toEqual([]);
  });

  test('keeps the tenants apart', async () => {
    const ctx = testContext();
    await appendEvent(ctx, anEvent(ctx));
    expect(await read(ctx.as({ tenantId: 'other' }))).toEqual([]);
  });
});
