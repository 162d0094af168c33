import { describe, expect, test } from 'vitest';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import { endpoint as stopSession } from '#functions/api/sessions/stop-session.ts';
import { websocketUrl } from '#shared/live/session-ticket.ts';
import { connectTo, knock } from '#test/live/live-client.ts';
import { aCharge, aStart } from '#test/support/a-charge.ts';
import { call } from '#test/support/call.ts';
import { testContext } from '#test/support/context.ts';
import { anEndedSession } from '#test/support/ended-session.ts';
import { settle } from '#test/support/settle.ts';

const MINUTE = 60_000;

describe("a session's socket", () => {
  test('greets with the session as its GET shows it', async () => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    await settle(ctx);
    const shown = await call(ctx, getSession, { params: { session_id: charge.id } });
    const client = await connectTo(ctx, String(shown.body['websocket']));
    expect(client.frames).toEqual([]);
    await settle(ctx);
    expect(client.frames).toEqual([
      {
        type: 'hello',
        connection_id: client.connectionId,
        server_time: ctx.now().toISOString(),
        expires_at: new Date(ctx.now().getTime() + 7_200_000).toISOString(),
        topics: ['sessions', 'meter_values', 'soc', 'payments'],
        snapshot: [{ object: 'session', ...shown.body }],
        snapshot_complete: true,
      },
    ]);
  });

  test('shows the charge move from its start to its CDR, numbered without a gap, and is closed then', async () => {
    const ctx = testContext();
    const charge = await aStart(ctx);
    const client = await connectTo(ctx, await websocketUrl(ctx, charge.id));
    await settle(ctx);
    await charge.begin();
    for (const [n, soc] of [20, 40].entries()) {
      ctx.tick(MINUTE);
      await charge.measure(1500 + n * 500, { SoC: soc });
    }
    ctx.tick(MINUTE);
    await settle(ctx);
    expect(client.closed).toBeUndefined();
    await charge.end(2500);
    await settle(ctx);
    expect(client.events).toEqual(
      expect.arrayContaining([
        'session.updated',
        'session.meter_values',
        'soc.updated',
        'session.ended',
        'cdr.created',
      ]),
    );
    expect(client.events.at(-1)).toBe('cdr.created');
    const frames = client.of('event');
    expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, n) => n + 1));
    expect(client.of('error')).toEqual([]);
    expect(client.closed).toMatchObject({ code: 4410 });
  });

  test('opens again and again while the session is open, then no more', async () => {
    const ctx = testContext();
    const charge = await aCharge(ctx);
    const url = await websocketUrl(ctx, charge.id);
    expect((await knock(ctx, url)).status).toBe(200);
    expect((await knock(ctx, url)).status).toBe(200);
    await charge.end(2000);
    await settle(ctx);
    expect((await knock(ctx, url)).status).toBe(410);
  });

  test('is closed after half a minute when no CDR comes', async () => {
    const ctx = testContext();
    const { session } = await anEndedSession(ctx, { live: { status: 'charging', ended_at: null } });
    const client = await connectTo(ctx, await websocketUrl(ctx, session.id));
    await anEndedSession(ctx, { session: { id: session.id } });
    await settle(ctx);
    expect(client.of('hello')).toMatchObject([{ snapshot: [{ status: 'ended', cdr: null }] }]);
    ctx.tick(29_000);
    await settle(ctx);
    expect(client.closed).toBeUndefined();
    ctx.tick(1000);
    await settle(ctx);
    expect(client.closed).toMatchObject({ code: 4410 });
  });

  test('is closed at once when the session fails', async () => {
    const ctx = testContext();
    const charge = await aStart(ctx);
    const client = await connectTo(ctx, await websocketUrl(ctx, charge.id));
    await settle(ctx);
    await call(ctx, stopSession, { params: { session_id: charge.id } });
    await settle(ctx);
    expect(client.events).toContain('session.failed');
    expect(client.closed).toMatchObject({ code: 4410 });
  });

  test('shows nothing of another session', async () => {
    const ctx = testContext();
    const { session } = await anEndedSession(ctx, { live: { status: 'charging', ended_at: null } });
    const client = await connectTo(ctx, await websocketUrl(ctx, session.id));
    const charge = await aCharge(ctx);
    await charge.measure(1500);
    await settle(ctx);
    expect(client.events).toEqual([]);
    await client.say({ action: 'subscribe', topics: ['chargers'] });
    expect(client.frames.at(-1)).toMatchObject({ type: 'error', code: 'not_allowed' });
  });

  test.each([
    ['nothing', ''],
    ['a made-up ticket', 'lt_abc'],
    ['a ticket with another MAC', 'lt_ZGVtbzpzZXNzXzE.AAAAAAAAAAAAAAAAAAAAAA'],
  ])('refuses %s', async (_, ticket) => {
    const ctx = testContext();
    expect((await knock(ctx, `${ctx.urls.live}/${ticket}`)).status).toBe(401);
  });
});
