import { describe, test } from 'vitest';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import { endpoint as start } from '#functions/api/sessions/start-session.ts';
import { endpoint } from '#functions/api/sessions/stop-session.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import {
  anOnlineCharger,
  boot,
  type FakeCharger,
  keyOfSites,
  reconnect,
} from '#test/support/fake-charger.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

/** A session that charges, with transaction 1 and 1,000 Wh on the meter. */
async function aCharge(ctx: TestContext, site_id?: string) {
  const charger = await anOnlineCharger(ctx, 'BLR-014', site_id ? { site_id } : {});
  const { body } = await call(ctx, start, { body: { charger_id: 'BLR-014' } });
  const id = String(body['session_id']);
  await charger.answer({ status: 'Accepted' });
  await begin(ctx, charger, id);
  return { charger, id };
}
const begin = (ctx: TestContext, charger: FakeCharger, session: string) =>
  charger.say('StartTransaction', {
    connectorId: 1,
    idTag: session.slice(-20),
    meterStart: 1000,
    timestamp: ctx.now().toISOString(),
  });
const end = (ctx: TestContext, charger: FakeCharger, reason = 'Remote') =>
  charger.say('StopTransaction', {
    transactionId: 1,
    meterStop: 3000,
    timestamp: ctx.now().toISOString(),
    reason,
  });
const stop = (ctx: TestContext, session_id: string, query = {}) =>
  call(ctx, endpoint, { params: { session_id }, query });
const read = async (ctx: TestContext, session_id: string) =>
  (await call(ctx, getSession, { params: { session_id } })).body;

describe('stopSession', () => {
  test('asks the charger, which then reports the end', async ({ expect }) => {
    const ctx = testContext();
    const { charger, id } = await aCharge(ctx);
    clearOutbox(ctx);
    const reply = await stop(ctx, id);
    expect(reply.status).toBe(202);
    expect(reply.body).toMatchObject({
      status: 'stopping',
      stop_reason: 'remote',
      stop_pending: false,
    });
    expect(charger.calls().at(-1)).toMatchObject({
      action: 'RemoteStopTransaction',
      payload: { transactionId: 1 },
    });
    await charger.answer({ status: 'Accepted' });
    await end(ctx, charger);
    expect(await read(ctx, id)).toMatchObject({
      status: 'ended',
      stop_reason: 'remote',
      energy_kwh: 2,
      websocket: null,
    });
    const types = recordedEvents(ctx).map((e) => e.type);
    expect(types.filter((t) => t.startsWith('session.'))).toEqual([
      'session.stopping',
      'session.updated',
      'session.ended',
    ]);
  });

  test('keeps the reason it was given', async ({ expect }) => {
    const ctx = testContext();
    const { charger, id } = await aCharge(ctx);
    await stop(ctx, id, { reason: 'grid_event' });
    await end(ctx, charger);
    expect(await read(ctx, id)).toMatchObject({ stop_reason: 'grid_event' });
  });

  test('asks once, however often it is called', async ({ expect }) => {
    const ctx = testContext();
    const { charger, id } = await aCharge(ctx);
    const first = await stop(ctx, id);
    const second = await stop(ctx, id);
    await settle(ctx);
    expect([second.status, second.body]).toEqual([202, first.body]);
    expect(charger.calls().filter((c) => c.action === 'RemoteStopTransaction')).toHaveLength(1);
  });

  test('leaves a session that has ended as it is', async ({ expect }) => {
    const ctx = testContext();
    const { charger, id } = await aCharge(ctx);
    await end(ctx, charger, 'Local');
    const before = await read(ctx, id);
    const { status, body } = await stop(ctx, id);
    expect([status, body]).toEqual([200, before]);
    expect(body).toMatchObject({ status: 'ended', stop_reason: 'local' });
  });

  test('cancels a start on the spot, and its command with it', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await charger.disconnect();
    const back = await reconnect(ctx, 'BLR-014');
    const { body } = await call(ctx, start, { body: { charger_id: 'BLR-014' } });
    const { status, body: session } = await stop(ctx, String(body['session_id']));
    expect(status).toBe(200);
    expect(session).toMatchObject({ status: 'failed', failure_reason: 'canceled' });
    expect(back.calls().map((c) => c.action)).toEqual(['RemoteStartTransaction']);
    expect((await call(ctx, start, { body: { charger_id: 'BLR-014' } })).status).toBe(201);
  });

  test('records and stops a charge that begins although its start was canceled', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body } = await call(ctx, start, { body: { charger_id: 'BLR-014' } });
    const id = String(body['session_id']);
    await stop(ctx, id);
    await charger.answer({ status: 'Accepted' });
    clearOutbox(ctx);
    expect(await begin(ctx, charger, id)).toMatchObject({ transactionId: 1 });
    await settle(ctx);
    expect(charger.calls().at(-1)).toMatchObject({
      action: 'RemoteStopTransaction',
      payload: { transactionId: 1 },
    });
    expect(await read(ctx, id)).toMatchObject({ status: 'failed' });
    const started = recordedEvents(ctx).find((e) => e.type === 'session.started');
    await end(ctx, charger);
    expect(await read(ctx, started?.subject ?? '')).toMatchObject({
      status: 'ended',
      energy_kwh: 2,
    });
  });

  test('waits for a charger that is offline', async ({ expect }) => {
    const ctx = testContext();
    const { charger, id } = await aCharge(ctx);
    await charger.disconnect();
    expect((await stop(ctx, id)).body).toMatchObject({ status: 'stopping', stop_pending: true });
    ctx.tick(3 * 86_400_000);
    const back = await reconnect(ctx, 'BLR-014');
    await boot(back);
    expect(back.calls().map((c) => c.action)).toEqual(['RemoteStopTransaction']);
  });

  test('gives up on a charger that stays away for a week: the session is open again', async ({
    expect,
  }) => {
    const ctx = testContext();
    const { charger, id } = await aCharge(ctx);
    await charger.disconnect();
    await stop(ctx, id);
    ctx.tick(7 * 86_400_000);
    await settle(ctx);
    expect(await read(ctx, id)).toMatchObject({ status: 'charging', stop_pending: false });
  });

  test('lets a charger that refuses charge on', async ({ expect }) => {
    const ctx = testContext();
    const { charger, id } = await aCharge(ctx);
    await stop(ctx, id);
    await charger.answer({ status: 'Rejected' });
    expect(await read(ctx, id)).toMatchObject({
      status: 'charging',
      stop_reason: null,
      stop_pending: false,
    });
    expect((await stop(ctx, id)).status).toBe(202);
  });

  test('knows no session of others, nor of a site that the key is not for', async ({ expect }) => {
    const ctx = testContext();
    await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall' }));
    const { id } = await aCharge(ctx, 'BLR-IND');
    expect((await stop(ctx.as({ tenantId: 'other' }), id)).status).toBe(404);
    expect((await stop(ctx.as(keyOfSites('BLR-KOR')), id)).status).toBe(404);
    expect((await stop(ctx, 'sess_unknown')).status).toBe(404);
    expect(await read(ctx, id)).toMatchObject({ status: 'charging' });
  });
});
