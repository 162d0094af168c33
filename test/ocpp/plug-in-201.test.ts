import { expect, test } from 'vitest';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { getSessionView } from '#shared/sessions/session-view.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import { EIGHT_KWH } from '#test/support/charge-16.ts';
import { hour201, tell } from '#test/support/charge-201.ts';
import { aPricedPeer, MINUTE, sessionsOf, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

const evse = { id: 1, connectorId: 1 };

async function aCharger() {
  const world = await aPricedPeer({ version: 'ocpp2.0.1' });
  const free = { connectorStatus: 'Available', evseId: 1, connectorId: 1 };
  await world.charger.call('StatusNotification', { timestamp: '2026-06-01T11:59:00Z', ...free });
  return world;
}

/** The cable is in, and nothing else has happened. */
async function pluggedIn() {
  const { ctx, charger } = await aCharger();
  await tell(charger, { type: 'Started', seq: 0, wh: 1_000_000, evse, state: 'EVConnected' });
  return { ctx, charger };
}

// Gotcha 24: transactions may begin with the cable.
test('a cable in the socket is no session', async () => {
  const { ctx, charger } = await pluggedIn();
  await tell(charger, { seq: 1, minute: 1, wh: 1_000_000, state: 'EVConnected' });
  await tell(charger, { type: 'Ended', seq: 2, minute: 2, state: 'Idle' });
  expect(await sessionsOf(ctx)).toEqual([]);
});

// Gotcha 24: the token may come later.
test('it becomes one with the token, knows where it is and misses no number', async () => {
  const { ctx, charger } = await pluggedIn();
  ctx.tick(60 * MINUTE);
  await tell(charger, { seq: 1, minute: 1, token: 'DRIVER', state: 'Charging' });
  for (const event of hour201.slice(2)) await tell(charger, event);
  expect(await theSession(ctx)).toMatchObject({ ...EIGHT_KWH, connector: 1, flags: [] });
});

test('it becomes one when energy flows, whoever is charging', async () => {
  const { ctx, charger } = await pluggedIn();
  ctx.tick(60 * MINUTE);
  for (const event of hour201.slice(1)) await tell(charger, event);
  expect(await theSession(ctx)).toMatchObject({
    ...EIGHT_KWH,
    connector: 1,
    auth_method: 'unknown',
    flags: [],
  });
});

test('a token that comes after the beginning is the session’s', async () => {
  const { ctx, charger } = await aCharger();
  await tell(charger, { type: 'Started', seq: 0, wh: 0, evse, state: 'Charging' });
  expect(await theSession(ctx)).toMatchObject({ auth_method: 'unknown', token_uid_masked: null });
  await tell(charger, { seq: 1, minute: 1, token: 'DRIVER' });
  expect(await theSession(ctx)).toMatchObject({
    auth_method: 'rfid',
    token_uid_masked: '••IVER',
  });
});

// Gotcha 27: recognised by remoteStartId, or by the token we gave.
test.each([
  [
    'its number alone',
    (asked: Record<string, unknown>) => ({ info: { remoteStartId: asked['remoteStartId'] } }),
  ],
  [
    'its token alone',
    (asked: Record<string, unknown>) => ({ more: { idToken: asked['idToken'] } }),
  ],
] as const)('a start that we ask for after the cable is in is joined by %s', async (_by, by) => {
  const { ctx, charger } = await pluggedIn();
  const { id } = await startSession(ctx, NewSession.parse({ charger_id: 'CP-1', connector: 1 }));
  await settle(ctx);
  const call = charger.lastAsked();
  expect(call).toMatchObject({ action: 'RequestStartTransaction', payload: { evseId: 1 } });
  await charger.reply(call, { status: 'Accepted', transactionId: 'TX-1' });
  await tell(charger, { seq: 1, state: 'Charging', wh: 1_000_000, ...by(call.payload) });
  ctx.tick(60 * MINUTE);
  for (const event of hour201.slice(2)) await tell(charger, event);
  expect(await theSession(ctx)).toMatchObject({ id, ...EIGHT_KWH, auth_method: 'api', flags: [] });
});

// Gotcha 24: authorised first, plugged in later.
test('an EVSE may be chosen after the start', async () => {
  const { ctx, charger } = await aCharger();
  await tell(charger, { type: 'Started', seq: 0, token: 'DRIVER' });
  expect(await theSession(ctx)).toMatchObject({ connector: 0 });
  ctx.tick(60 * MINUTE);
  await tell(charger, { seq: 1, wh: 1_000_000, evse: { id: 2 }, state: 'Charging' });
  for (const event of hour201.slice(2, 4)) await tell(charger, event);
  const { connector, id } = await theSession(ctx);
  const { connectors } = await getChargerView(ctx, 'CP-1');
  expect(connectors.find((c) => c.id === connector)).toMatchObject({
    evse_id: 2,
    session_id: id,
    status: 'Charging',
  });
  await tell(charger, hour201[4] ?? { seq: 4 });
  expect((await getSessionView(ctx, id)).energy_kwh).toBe(8);
  expect((await getChargerView(ctx, 'CP-1')).connectors.map((c) => c.session_id)).toEqual([
    null,
    null,
  ]);
});

// Gotcha 24: the connector may be left out, and is then the EVSE's, not number 1.
test('an event without connector id is about the EVSE that it names', async () => {
  const { ctx, charger } = await aCharger();
  for (const connectorId of [1, 2]) {
    const free = { connectorStatus: 'Available', evseId: 2, connectorId };
    await charger.call('StatusNotification', { timestamp: '2026-06-01T11:59:00Z', ...free });
  }
  await tell(charger, {
    type: 'Started',
    seq: 0,
    token: 'DRIVER',
    evse: { id: 2, connectorId: 2 },
  });
  await tell(charger, { seq: 1, minute: 1, wh: 0, evse: { id: 2 }, state: 'Charging' });
  const { connectors } = await getChargerView(ctx, 'CP-1');
  const charging = connectors.filter((c) => c.session_id !== null);
  expect(charging).toMatchObject([{ evse_id: 2, status: 'Charging' }]);
  expect(charging[0]?.id).toBe((await theSession(ctx)).connector);
});

// A reservation of the session's place by one of ours is not undone by the cable alone.
test('a session that we canceled is stopped when the charger begins it all the same', async () => {
  const { ctx, charger } = await pluggedIn();
  const { id } = await startSession(ctx, NewSession.parse({ charger_id: 'CP-1', connector: 1 }));
  await settle(ctx);
  const call = charger.lastAsked();
  ctx.tick(31_000);
  await settle(ctx);
  expect(await getSessionView(ctx, id)).toMatchObject({ failure_reason: 'no_response' });
  const idToken = call.payload['idToken'];
  expect(await tell(charger, { seq: 1, minute: 1, more: { idToken } })).toMatchObject({
    idTokenInfo: { status: 'Blocked' },
  });
  await settle(ctx);
  expect(charger.lastAsked()).toMatchObject({
    action: 'RequestStopTransaction',
    payload: { transactionId: 'TX-1' },
  });
});
