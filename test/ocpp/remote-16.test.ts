import { expect, test } from 'vitest';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { keys } from '#shared/db/keys.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { getSessionView } from '#shared/sessions/session-view.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { stopSession } from '#shared/sessions/stop-session.ts';
import { anHour16, EIGHT_KWH, start16, stop16 } from '#test/support/charge-16.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { aPricedPeer, MINUTE, sessionsOf, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

const report = (status: string, more: object = {}) => ({
  connectorId: 1,
  errorCode: 'NoError',
  status,
  ...more,
});

/** A session that was asked for over the API, as far as the charger's answer. */
async function asked() {
  const { ctx, charger } = await aPricedPeer();
  await charger.call('StatusNotification', report('Available'));
  const { id } = await startSession(ctx, NewSession.parse({ charger_id: 'CP-1' }));
  await settle(ctx);
  const call = charger.lastAsked();
  const begin = () => charger.call('StartTransaction', start16({ idTag: call.payload['idTag'] }));
  return { ctx, charger, id, call, begin };
}

// Gotcha 27: the start is recognised by the tag that we gave.
test('a transaction begun by our request joins the session, even before the answer', async () => {
  const { ctx, charger, id, call, begin } = await asked();
  expect(call).toMatchObject({ action: 'RemoteStartTransaction', payload: { connectorId: 1 } });
  expect(await begin()).toMatchObject({ transactionId: 1, idTagInfo: { status: 'Accepted' } });
  await charger.reply(call);
  expect(await theSession(ctx)).toMatchObject({ id, status: 'charging', auth_method: 'api' });
  await begin();
  ctx.tick(60 * MINUTE);
  await charger.call('StopTransaction', stop16(1));
  expect(await theSession(ctx)).toMatchObject({ id, ...EIGHT_KWH });
});

// Gotcha 27: accepted is not stopped.
test('a stop is done when the charger reports it, and taken back when it refuses', async () => {
  const { ctx, charger, id, call, begin } = await asked();
  await charger.reply(call);
  await begin();
  await stopSession(ctx, id);
  await settle(ctx);
  expect(charger.lastAsked()).toMatchObject({
    action: 'RemoteStopTransaction',
    payload: { transactionId: 1 },
  });
  await charger.reply(charger.lastAsked(), { status: 'Rejected' });
  expect((await getSessionView(ctx, id)).status).toBe('charging');
  await stopSession(ctx, id);
  await settle(ctx);
  await charger.reply(charger.lastAsked());
  expect((await getSessionView(ctx, id)).status).toBe('stopping');
  ctx.tick(60 * MINUTE);
  await charger.call('StopTransaction', stop16(1, { reason: 'Remote' }));
  expect(await getSessionView(ctx, id)).toMatchObject({ ...EIGHT_KWH, stop_reason: 'remote' });
});

// The driver gave up, the charger did not hear of it in time.
test('a transaction whose start was canceled is a session of its own, stopped at once', async () => {
  const { ctx, charger, id, call, begin } = await asked();
  await stopSession(ctx, id);
  expect(await getSessionView(ctx, id)).toMatchObject({
    status: 'failed',
    failure_reason: 'canceled',
  });
  await charger.reply(call);
  const { transactionId, idTagInfo } = await begin();
  expect(idTagInfo).toMatchObject({ status: 'Blocked' });
  await settle(ctx);
  expect(charger.lastAsked()).toMatchObject({
    action: 'RemoteStopTransaction',
    payload: { transactionId },
  });
  ctx.tick(60 * MINUTE);
  await charger.call('StopTransaction', stop16(transactionId));
  const [canceled, own] = (await sessionsOf(ctx)).toSorted((a) => (a.id === id ? -1 : 1));
  expect(canceled).toMatchObject({ id, status: 'failed' });
  expect(own).toMatchObject(EIGHT_KWH);
});

test('a start that is reported twice at the same time joins its session once', async () => {
  const { ctx, charger, id, call, begin } = await asked();
  const { payload } = call;
  const report = ['StartTransaction', start16({ idTag: payload['idTag'] })] as const;
  await Promise.all(['a', 'b'].map((mark) => charger.say(JSON.stringify([2, mark, ...report]))));
  expect(ctx.sent.ocpp.slice(-2).map(({ json }) => json)).toEqual(
    expect.arrayContaining([
      [3, 'a', expect.anything()],
      [3, 'b', expect.anything()],
    ]),
  );
  expect(await begin()).toMatchObject({
    transactionId: Number((await theSession(ctx)).transaction_id),
  });
  ctx.tick(60 * MINUTE);
  const { transaction_id } = await theSession(ctx);
  await charger.call('StopTransaction', stop16(Number(transaction_id)));
  expect(await theSession(ctx)).toMatchObject({ id, ...EIGHT_KWH });
});

test('a start and its cancel at the same time leave one charge, which is billed', async () => {
  const { ctx, charger, id, begin } = await asked();
  const [{ transactionId }] = await Promise.all([begin(), stopSession(ctx, id)]);
  await settle(ctx);
  ctx.tick(60 * MINUTE);
  await charger.call('StopTransaction', stop16(transactionId));
  const sessions = await sessionsOf(ctx);
  expect(sessions.filter(({ status }) => status === 'ended')).toMatchObject([EIGHT_KWH]);
  expect(sessions.filter(({ status }) => !['ended', 'failed'].includes(status))).toEqual([]);
});

// Gotcha 26: a charger that lost power reports the stop later, or never.
test('a session whose connector is free after a reboot stays open, marked, until its stop comes', async () => {
  const { ctx, charger, transactionId } = await anHour16();
  await charger.boot();
  await charger.call('StatusNotification', report('Available'));
  expect(await theSession(ctx)).toMatchObject({ status: 'charging', flags: ['stop_missing'] });
  await charger.call('StatusNotification', report('Available'));
  ctx.tick(24 * 60 * MINUTE);
  await charger.call('StopTransaction', stop16(transactionId, { reason: 'PowerLoss' }));
  expect(await theSession(ctx)).toMatchObject({
    ...EIGHT_KWH,
    stop_reason: 'power_loss',
    flags: [],
  });
});

// Gotcha 28: the tag that charges is shown again, to stop, in whatever case the reader spells it.
test('a tag stays accepted while it charges, however it is spelled', async () => {
  const { ctx, charger } = await anHour16();
  const uid = { ...keys.token('demo', 'DRIVER'), uid: 'DRIVER', type: 'rfid', group_id: 'FLEET' };
  await ctx.table.write([{ op: 'put', item: uid }]);
  for (const idTag of ['DRIVER', 'driver', ' Driver '])
    expect(await charger.call('Authorize', { idTag })).toEqual({
      idTagInfo: { status: 'Accepted', parentIdTag: 'FLEET' },
    });
  const { transactionId } = await charger.call('StartTransaction', start16({ connectorId: 2 }));
  expect(transactionId).toBe(2);
});

// Gotcha 30: what a charger may keep of our verdict, and until when.
test('a tag is accepted with the time until which it is valid', async () => {
  const { ctx, charger } = await aPricedPeer();
  const valid_until = '2026-12-31T00:00:00Z';
  const item = { ...keys.token('demo', 'DRIVER'), uid: 'DRIVER', type: 'rfid', valid_until };
  await ctx.table.write([{ op: 'put', item }]);
  expect(await charger.call('Authorize', { idTag: 'DRIVER' })).toEqual({
    idTagInfo: { status: 'Accepted', expiryDate: valid_until },
  });
});

// Gotcha 29: connector 0 is the charger itself; numbers may have gaps; a pause is not the end.
test('connector 0 speaks for the charger, and numbers may have gaps', async () => {
  const { ctx, charger } = await aPricedPeer();
  for (const connectorId of [1, 4])
    await charger.call('StatusNotification', report('Available', { connectorId }));
  await charger.call('StatusNotification', report('Unavailable', { connectorId: 0 }));
  const view = await getChargerView(ctx, 'CP-1');
  expect(view.status).toBe('unavailable');
  expect(view.connectors.map(({ id, status }) => [id, status])).toEqual([
    [1, 'Available'],
    [4, 'Available'],
  ]);
  expect(await charger.call('StatusNotification', report('Charging', { connectorId: 0 }))).toEqual(
    {},
  );
});

// Gotcha 29: preparing is no session, and finishing is not the end of one.
test('only a transaction makes a session, and only its stop ends it', async () => {
  const { ctx, charger } = await aPricedPeer();
  await charger.call('StatusNotification', report('Preparing'));
  expect(await sessionsOf(ctx)).toEqual([]);
  await charger.call('StartTransaction', start16());
  for (const status of ['SuspendedEV', 'Finishing', 'Faulted']) {
    ctx.tick(MINUTE);
    await charger.call('StatusNotification', report(status));
    expect((await theSession(ctx)).ended_at).toBeNull();
  }
});

// Gotcha 23: what was queued while offline is history, and newer news stay.
test('an older status that was queued does not overwrite a newer one', async () => {
  const { ctx } = await aPricedPeer();
  ctx.tick(60 * MINUTE);
  const charger = await aPeer(ctx, { connectionId: 'second', registered: true });
  const at = (timestamp: string) => ({ timestamp });
  await charger.call('StatusNotification', report('Faulted', at('2026-06-01T12:50:00Z')));
  await charger.call('StatusNotification', report('Available', at('2026-06-01T12:40:00Z')));
  expect((await getChargerView(ctx, 'CP-1')).connectors).toMatchObject([{ status: 'Faulted' }]);
});
