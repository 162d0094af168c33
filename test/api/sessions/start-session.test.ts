import { describe, test } from 'vitest';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import { endpoint } from '#functions/api/sessions/start-session.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const body = { charger_id: 'BLR-014', connector: 1, auth_method: 'api' };
const start = (ctx: TestContext, more: object = {}, headers = {}) =>
  call(ctx, endpoint, { body: { ...body, ...more }, headers });

describe('startSession', () => {
  test('answers the published call with the published answer', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const reply = await start(ctx, { tariff_override: { type: 'free', duration_minutes: 30 } });
    expect(reply.status).toBe(201);
    expect(Object.keys(reply.body).slice(0, 5)).toEqual([
      'session_id',
      'status',
      'charger_id',
      'started_at',
      'websocket',
    ]);
    expect(reply.body).toMatchObject({
      session_id: expect.stringMatching(/^sess_[0-9A-Z]{26}$/),
      status: 'starting',
      charger_id: 'BLR-014',
      started_at: '2026-06-01T04:30:00.000Z',
      websocket: expect.stringMatching(/^wss:\/\/api\.magma\.test\/live\/lt_/),
      connector: 1,
      auth_method: 'api',
      energy_kwh: 0,
      cost: { total: { amount: '0.00', currency: 'INR' } },
      tariff_override: { type: 'free', duration_minutes: 30, on_expiry: 'revert' },
      livemode: false,
      resource_version: 1,
    });
    expect(reply.headers['Location']).toBe(`/v1/sessions/${reply.body['session_id']}`);
  });

  test('has asked the charger by the time it answers', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body: session } = await start(ctx);
    expect(charger.calls()).toEqual([
      {
        id: expect.any(String),
        action: 'RemoteStartTransaction',
        payload: { connectorId: 1, idTag: String(session['session_id']).slice(-20) },
      },
    ]);
  });

  test('asks a 2.0.1 charger in its own words', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx, 'BLR-015', { version: '2.0.1' });
    const { body: session } = await start(ctx, { charger_id: 'BLR-015', connector: undefined });
    const idToken = String(session['session_id']).slice(-20);
    expect(charger.calls()).toMatchObject([
      {
        action: 'RequestStartTransaction',
        payload: { evseId: 1, idToken: { idToken, type: 'Central' } },
      },
    ]);
  });

  test('still asks the charger when this process dies before it could', async ({ expect }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    await startSession(ctx, NewSession.parse(body));
    expect(charger.calls()).toEqual([]);
    await settle(ctx);
    expect(charger.calls()).toMatchObject([{ action: 'RemoteStartTransaction' }]);
  });

  test('is told as session.started, once', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const { body: session } = await start(ctx);
    expect(recordedEvents(ctx).filter((e) => e.type === 'session.started')).toEqual([
      expect.objectContaining({
        subject: session['session_id'],
        scope: expect.objectContaining({ charger_id: 'BLR-014', connector: 1 }),
      }),
    ]);
  });

  test('answers a repeat under the same Idempotency-Key with the first session', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const key = { 'idempotency-key': 'order-8841' };
    const first = await start(ctx, {}, key);
    const second = await start(ctx, {}, key);
    expect(second.body).toEqual(first.body);
    expect(second.headers['Idempotency-Replayed']).toBe('true');
    expect(charger.calls()).toHaveLength(1);
  });

  test('keeps reference, metadata and limits', async ({ expect }) => {
    const ctx = testContext();
    await anOnlineCharger(ctx);
    const own = {
      external_ref: 'order-8841',
      metadata: { bay: 'B2-17' },
      limits: { energy_kwh: 20, soc_percent: 80 },
    };
    const { body: session } = await start(ctx, own);
    const read = await call(ctx, getSession, { params: { session_id: session['session_id'] } });
    expect(read.body).toMatchObject(own);
  });

  test('fails the session that the charger refuses, and frees the connector', async ({
    expect,
  }) => {
    const ctx = testContext();
    const charger = await anOnlineCharger(ctx);
    const { body: session } = await start(ctx);
    await charger.answer({ status: 'Rejected' });
    const read = await call(ctx, getSession, { params: { session_id: session['session_id'] } });
    expect(read.body).toMatchObject({ status: 'failed', failure_reason: 'charger_rejected' });
    expect((await start(ctx)).status).toBe(201);
  });
});

test('a start that nobody answers fails in time, and the connector is free again', async ({
  expect,
}) => {
  const ctx = testContext();
  await anOnlineCharger(ctx);
  const { body: session } = await start(ctx);
  ctx.tick(30_000);
  await settle(ctx);
  const read = await call(ctx, getSession, { params: { session_id: session['session_id'] } });
  expect(read.body).toMatchObject({ status: 'failed', failure_reason: 'no_response' });
});
