import { describe, expect, test } from 'vitest';
import { getChargerView } from '#shared/chargers/charger-view.ts';
import { newCommand } from '#shared/commands/queue-command.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import { keys } from '#shared/db/keys.ts';
import { dispatchCommands } from '#shared/ocpp/dispatch.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { aPeer } from '#test/support/ocpp-peer.ts';
import { settle } from '#test/support/settle.ts';

const register = (ctx: TestContext, registration: 'pending' | 'rejected' | 'accepted') =>
  ctx.table.write([
    { op: 'update', key: keys.charger('demo', 'CP-1'), set: { registration }, add: { version: 1 } },
  ]);

async function aPendingCharger(version: 'ocpp1.6' | 'ocpp2.0.1') {
  const ctx = testContext();
  await aPeer(ctx, { version, connectionId: 'earlier' });
  await register(ctx, 'pending');
  return { ctx, charger: await aPeer(ctx, { version, boots: false, registered: true }) };
}

async function ask(ctx: TestContext, type: string, input: Record<string, unknown>) {
  const { command, writes } = newCommand(ctx, { type, chargerId: 'CP-1', input });
  await ctx.table.write(writes);
  await dispatchCommands(ctx, 'CP-1');
  return getCommand(ctx, command.id);
}

const start = { connector: 1, evse_id: 1, token_uid: 'A', remote_start_id: 7 };

describe.each(['ocpp1.6', 'ocpp2.0.1'] as const)('%s', (version) => {
  // Gotcha 17: UTC with Z, and an interval that is the heartbeat's.
  test('is told the time in UTC and when to send heartbeats', async () => {
    const charger = await aPeer(testContext(), { version, boots: false });
    expect(await charger.boot()).toEqual({
      status: 'Accepted',
      currentTime: '2026-06-01T04:30:00.000Z',
      interval: 300,
    });
  });

  // Gotcha 17: not accepted, the interval is the wait before the next boot.
  test('is told to wait while pending, and works once it is accepted', async () => {
    const { ctx, charger } = await aPendingCharger(version);
    expect(await charger.boot()).toMatchObject({ status: 'Pending', interval: 60 });
    expect(ctx.sockets.ocpp.closed).toMatchObject([{ connectionId: 'earlier' }]);
    expect((await getChargerView(ctx, 'CP-1')).connectivity.state).toBe('pending');
    await register(ctx, 'accepted');
    expect(await charger.boot()).toMatchObject({ status: 'Accepted', interval: 300 });
    expect((await getChargerView(ctx, 'CP-1')).connectivity.state).toBe('online');
  });

  // Gotcha 17: a pending charger may be configured, not charged with.
  test('is not asked to charge while pending, but may be asked to boot', async () => {
    const { ctx, charger } = await aPendingCharger(version);
    const refused = await ask(ctx, 'start_session', start);
    expect(refused).toMatchObject({ status: 'rejected', result: { outcome: 'not_accepted' } });
    expect(charger.asked()).toEqual([]);
    await ask(ctx, 'trigger_message', { message: 'boot' });
    expect(charger.lastAsked()).toMatchObject({ action: 'TriggerMessage' });
  });

  // Gotcha 17: rejected means silence in both directions.
  test('is asked nothing while rejected', async () => {
    const { ctx, charger } = await aPendingCharger(version);
    await register(ctx, 'rejected');
    expect(await charger.boot()).toMatchObject({ status: 'Rejected', interval: 60 });
    expect(await ask(ctx, 'trigger_message', { message: 'boot' })).toMatchObject({
      status: 'queued',
    });
    expect(charger.asked()).toEqual([]);
  });

  // Gotchas 6 and 17: after our own loss of data, say, it goes on without a boot.
  test('is asked to boot when it works unregistered, and served meanwhile', async () => {
    const ctx = testContext();
    const charger = await aPeer(ctx, { version, boots: false });
    expect(await charger.call('Heartbeat')).toHaveProperty('currentTime');
    const [asked] = charger.asked();
    expect(asked?.payload).toEqual({ requestedMessage: 'BootNotification' });
    await charger.call('Heartbeat');
    expect(charger.asked()).toHaveLength(1);
    await charger.reply(charger.lastAsked());
    expect(await charger.boot()).toMatchObject({ status: 'Accepted' });
    expect((await getChargerView(ctx, 'CP-1')).connectivity.state).toBe('online');
  });
});

// Gotcha 17: B02.FR.09, B03.FR.07.
test('2.0.1 may only boot while pending', async () => {
  const { charger } = await aPendingCharger('ocpp2.0.1');
  const status = {
    timestamp: '2026-06-01T04:30:00Z',
    connectorStatus: 'Available',
    evseId: 1,
    connectorId: 1,
  };
  expect(await charger.refusal('StatusNotification', status)).toBe('SecurityError');
  expect(await charger.refusal('Heartbeat')).toBe('SecurityError');
  expect(await charger.refusal('Heartbeat', 'wrong')).toBe('SecurityError');
});

// Gotcha 17: 1.6 leaves it to us, and what they say is worth hearing.
test('1.6 is listened to while pending', async () => {
  const { ctx, charger } = await aPendingCharger('ocpp1.6');
  const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
  expect(await charger.call('StatusNotification', status)).toEqual({});
  const begun = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: ctx.now().toISOString() };
  expect(await charger.call('StartTransaction', begun)).toMatchObject({ transactionId: 1 });
});

// Gotcha 17: some report their connectors before they boot.
test('a status before the first boot is kept', async () => {
  const ctx = testContext();
  const charger = await aPeer(ctx, { boots: false });
  const status = { connectorId: 2, errorCode: 'NoError', status: 'Available' };
  await charger.call('StatusNotification', status);
  await charger.boot();
  expect((await getChargerView(ctx, 'CP-1')).connectors).toMatchObject([
    { id: 2, status: 'Available' },
  ]);
});

// Gotcha 6: and a reconnect brings no boot.
test.each([true, false])('what was asked while it was away goes out, booted: %s', async (boots) => {
  const ctx = testContext();
  const before = await aPeer(ctx);
  ctx.sockets.ocpp.gone.add(before.sender.connectionId);
  await requestCommand(ctx, { type: 'reset', chargerId: 'CP-1', input: { type: 'soft' } });
  const charger = await aPeer(ctx, { connectionId: 'second', registered: true, boots });
  ctx.tick(2_000);
  await settle(ctx);
  expect(charger.asked()).toMatchObject([{ action: 'Reset', payload: { type: 'Soft' } }]);
});
