import { describe, expect, test } from 'vitest';
import { endpoint as listCdrs } from '#functions/api/cdrs/list-cdrs.ts';
import { endpoint as getChargerStatus } from '#functions/api/chargers/get-charger-status.ts';
import { endpoint as getSession } from '#functions/api/sessions/get-session.ts';
import { endpoint as listSessions } from '#functions/api/sessions/list-sessions.ts';
import { endpoint as startSession } from '#functions/api/sessions/start-session.ts';
import { endpoint as stopSession } from '#functions/api/sessions/stop-session.ts';
import { updateDriver } from '#shared/drivers/update-driver.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { Charge } from '#test/support/a-charge.ts';
import { aDriver, tokenOf } from '#test/support/a-driver.ts';
import { call } from '#test/support/call.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { anOnlineCharger } from '#test/support/fake-charger.ts';
import { aToken } from '#test/support/listed-charger.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';

const socket = { type: 'Type2', power_kw: 22 } as const;
const sockets = [1, 2, 3, 4, 5, 6, 7].map((id) => ({ ...socket, id }));

/** Two drivers, each with a card, at one charger. */
async function twoDrivers(site: object = {}) {
  const ctx = testContext();
  await createSite(ctx, NewSite.parse({ id: 'BLR-IND', name: 'Mall', ...site }));
  const charger = await anOnlineCharger(ctx, 'BLR-014', {
    site_id: 'BLR-IND',
    connectors: sockets,
  });
  const [asha, ben] = [await aDriver(ctx, { labels: ['staff'] }), await aDriver(ctx)];
  await aToken(ctx, { uid: 'ASHA', driver_id: asha.id, labels: ['staff'] });
  await aToken(ctx, { uid: 'BEN', driver_id: ben.id });
  return { ctx, charger, asha, ben, app: ctx.as(tokenOf(asha)), other: ctx.as(tokenOf(ben)) };
}

const start = (ctx: TestContext, more: object = {}) =>
  call(ctx, startSession, { body: { charger_id: 'BLR-014', connector: 1, ...more } });
const idsOf = async (ctx: TestContext, query: object = {}) => {
  const { body } = await call(ctx, listSessions, { query: { ...query } });
  return Array.isArray(body['sessions']) ? body['sessions'].map(({ id }) => id) : [];
};

describe('a session', () => {
  test('is of the driver whose token starts it, and told so', async () => {
    const { ctx, app, asha } = await twoDrivers();
    const { status, body } = await start(app);
    expect([status, body]).toMatchObject([201, { driver_id: asha.id, auth_method: 'app' }]);
    const told = recordedEvents(ctx).find(({ type }) => type === 'session.started');
    expect(told?.scope).toMatchObject({ driver_id: asha.id });
  });

  test('is of the driver that the operator names', async () => {
    const { ctx, asha, app } = await twoDrivers();
    const { body } = await start(ctx, { driver_id: asha.id });
    expect(body).toMatchObject({ driver_id: asha.id, auth_method: 'api' });
    expect(await idsOf(app)).toEqual([body['id']]);
  });

  test('is of the driver whose card is held to the charger, as is its CDR', async () => {
    const { ctx, charger, asha, app, other } = await twoDrivers();
    const charge = new Charge(ctx, charger, '');
    await charge.begin({ idTag: 'ASHA' });
    await charge.end(3000);
    await settle(ctx);
    const [id] = await idsOf(app);
    const { body } = await call(app, getSession, {
      params: { session_id: id },
      query: { expand: 'cdr' },
    });
    expect(body).toMatchObject({
      driver_id: asha.id,
      auth_method: 'rfid',
      cdr: { driver_id: asha.id },
    });
    const query = { driver_id: asha.id };
    expect((await call(ctx, listCdrs, { query })).body['cdrs']).toHaveLength(1);
    expect((await call(other, listCdrs)).body).toMatchObject({ cdrs: [], next_cursor: null });
    expect(await idsOf(other)).toEqual([]);
  });

  test('goes to the driver who shows a card after one that was refused', async () => {
    const { ctx, asha, app, other } = await twoDrivers();
    await aToken(ctx, { uid: 'OLD', driver_id: asha.id, status: 'blocked' });
    const charger = await anOnlineCharger(ctx, 'BLR-201', { version: '2.0.1' });
    const report = (eventType: string, seqNo: number, idToken: string) =>
      charger.say('TransactionEvent', {
        eventType,
        timestamp: ctx.now().toISOString(),
        triggerReason: 'Authorized',
        seqNo,
        transactionInfo: { transactionId: 'TX-1', chargingState: 'EVConnected' },
        evse: { id: 1, connectorId: 1 },
        idToken: { idToken, type: 'ISO14443' },
      });
    await report('Started', 0, 'OLD');
    expect(await idsOf(app)).toHaveLength(1);
    await report('Updated', 1, 'BEN');
    expect(await idsOf(app)).toEqual([]);
    expect(await idsOf(other)).toHaveLength(1);
    expect(recordedEvents(ctx).at(-1)?.scope).not.toMatchObject({ driver_id: asha.id });
  });

  test('of nobody is no driver’s', async () => {
    const { ctx, app } = await twoDrivers();
    const { body } = await start(ctx);
    expect(body).toMatchObject({ driver_id: null });
    expect(await idsOf(app)).toEqual([]);
    const params = { session_id: body['id'] };
    expect((await call(app, getSession, { params })).status).toBe(404);
    expect((await call(app, stopSession, { params })).status).toBe(404);
  });
});

describe('a driver', () => {
  test.each([
    [{ auth_method: 'api' }, 403, 'insufficient_scope'],
    [
      { tariff_override: { type: 'free', duration_minutes: 30 } },
      403,
      'tariff_override_not_allowed',
    ],
    [{ driver_id: 'drv_none' }, 404, 'not_found'],
  ])('does not start with %j', async (more, status, code) => {
    const { ctx, asha } = await twoDrivers();
    const reply = await start(ctx.as(tokenOf(asha, ['*'])), more);
    expect(reply).toMatchObject({ status, body: { code } });
  });

  test('starts for nobody else, and is told of them as of nobody', async () => {
    const { app, ben } = await twoDrivers();
    const [theirs, nobodys] = [
      await start(app, { driver_id: ben.id }),
      await start(app, { driver_id: 'drv_none' }),
    ];
    expect(theirs).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(theirs.body['detail']).toBe(nobodys.body['detail']);
    expect((await start(app, { driver_id: 'me', auth_method: 'app' })).status).toBe(201);
  });

  test('is let in at restricted sites by label, and nowhere once blocked', async () => {
    const staff = { access: { type: 'restricted', driver_labels: ['staff'] } };
    const { ctx, app, other, asha } = await twoDrivers(staff);
    expect(await start(other)).toMatchObject({
      status: 403,
      body: { code: 'authorization_rejected' },
    });
    expect((await start(app)).status).toBe(201);
    await updateDriver(ctx, asha.id, { status: 'blocked' });
    expect(await start(app, { connector: 2 })).toMatchObject({ status: 403 });
    expect(await start(ctx, { connector: 2, driver_id: asha.id })).toMatchObject({ status: 403 });
  });

  test('has five open at most, and the organization may say otherwise', async () => {
    const { ctx, app, other } = await twoDrivers();
    for (const connector of [1, 2, 3, 4, 5])
      expect((await start(app, { connector })).status).toBe(201);
    expect(await start(app, { connector: 6 })).toMatchObject({
      status: 403,
      body: { code: 'authorization_rejected', detail: expect.stringContaining('concurrent') },
    });
    expect((await start(other, { connector: 6 })).status).toBe(201);
    await call(app, stopSession, { params: { session_id: (await idsOf(app))[0] } });
    await settle(ctx);
    expect((await start(app, { connector: 7 })).status).toBe(201);
  });

  test('stops the own session alone, for no reason but that', async () => {
    const { app, other } = await twoDrivers();
    const params = { session_id: (await start(app)).body['id'] };
    expect((await call(other, stopSession, { params })).status).toBe(404);
    const query = { reason: 'payment' };
    expect(await call(app, stopSession, { params, query })).toMatchObject({
      status: 403,
      body: { errors: [{ field: 'reason' }] },
    });
    expect((await call(app, stopSession, { params })).status).toBe(200);
  });

  test('sees that somebody charges, but neither who nor how much', async () => {
    const { ctx, charger, other, app } = await twoDrivers();
    const charge = new Charge(ctx, charger, '');
    await charge.begin({ idTag: 'ASHA' });
    ctx.tick(60_000);
    await charge.measure(2000, { 'Power.Active.Import': 11_000, SoC: 40 });
    const params = { charger_id: 'BLR-014' };
    const none = { session_id: null, active_power_kw: null, soc_percent: null };
    expect((await call(other, getChargerStatus, { params })).body).toMatchObject({
      connectors: [none, {}, {}, {}, {}, {}, {}],
    });
    const own = { session_id: expect.any(String), active_power_kw: 11, soc_percent: 40 };
    expect((await call(app, getChargerStatus, { params })).body).toMatchObject({
      connectors: [own, {}, {}, {}, {}, {}, {}],
    });
    expect(JSON.stringify((await start(other)).body)).not.toContain('sess_');
  });
});

test('nobody but a driver starts as an app', async () => {
  const { ctx, asha } = await twoDrivers();
  expect(await start(ctx, { auth_method: 'app', driver_id: asha.id })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'auth_method', code: 'not_allowed' }] },
  });
});

test('a driver’s list is read from the driver’s own index, however many others charge', async () => {
  const { ctx, charger, app } = await twoDrivers();
  const charge = new Charge(ctx, charger, '');
  for (let n = 0; n < 30; n++) {
    await charge.begin({ idTag: n === 3 ? 'ASHA' : 'BEN' });
    ctx.tick(60_000);
    await charge.end(3000);
  }
  const { body } = await call(app, listSessions, { query: { limit: 1, include_total: true } });
  expect(body).toMatchObject({
    sessions: [{ token_uid_masked: 'ASHA' }],
    total: 1,
    next_cursor: null,
  });
});
