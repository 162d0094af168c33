import { describe, expect, test } from 'vitest';
import { endpoint } from '#functions/api/events/get-event.ts';
import { appendEvent } from '#shared/events/append-event.ts';
import { anEvent, earlierId } from '#test/events/an-event.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';

describe('getEvent', () => {
  test('answers the event as the log has it', async () => {
    const ctx = testContext();
    const event = anEvent(ctx);
    await appendEvent(ctx, event);
    const reply = await call(ctx, endpoint, { params: { event_id: event.id } });
    expect(reply).toMatchObject({ status: 200, body: event });
  });

  test('finds one by its own id that came late into the log', async () => {
    const ctx = testContext();
    const event = anEvent(ctx, { id: earlierId(ctx) });
    ctx.tick(60_000);
    await appendEvent(ctx, event);
    const reply = await call(ctx, endpoint, { params: { event_id: event.id } });
    expect(reply).toMatchObject({ status: 200, body: { id: event.id } });
  });

  test('gives one answer for what is not there, not theirs, or not for them to read', async () => {
    const ctx = testContext();
    const event = anEvent(ctx, {
      subject: { object: 'session', id: 'sess_1', resource_version: 1 },
      scope: { site_id: 'BLR-IND' },
    });
    await appendEvent(ctx, event);
    const key = { kind: 'api_key', id: 'key_2', scopes: ['events:read', 'sessions:read'] } as const;
    const params = { event_id: event.id };
    expect((await call(ctx.as({ actor: key }), endpoint, { params })).status).toBe(200);
    const nothing = await call(ctx, endpoint, { params: { event_id: earlierId(ctx) } });
    expect(nothing.status).toBe(404);
    for (const who of [
      { tenantId: 'other' },
      { actor: { ...key, scopes: ['events:read'] } },
      { actor: { ...key, siteIds: ['BLR-HSR'] } },
    ]) {
      const reply = await call(ctx.as(who), endpoint, { params });
      expect([reply.status, reply.body['detail']]).toEqual([404, nothing.body['detail']]);
    }
  });
});
