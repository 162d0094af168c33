import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { NewCharger } from '#shared/chargers/new-charger.ts';
import { createCharger } from '#shared/chargers/register-charger.ts';
import { MeteredTable } from '#shared/db/metered-table.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';
import { NewSession } from '#shared/sessions/new-session.ts';
import { startSession } from '#shared/sessions/start-session.ts';
import type { TestContext } from '#test/support/context.ts';
import { aPeer, type OcppPeer } from '#test/support/ocpp-peer.ts';
import { aPricedWorld, MINUTE, theSession } from '#test/support/ocpp-site.ts';
import { settle } from '#test/support/settle.ts';

const LONGEST_ID = 'BLR-INDIRANAGAR-100FT-ROAD-BASEMENT-2-BAY-000017';
const KILOBYTE = 1024;
const REGISTER = 1_843_211_337;

/** Five gauges of a DC charger, `n` minutes into the session. */
const gauges = (n: number) =>
  [
    ['Energy.Active.Import.Register', REGISTER + n * 987, 'Wh'],
    ['Power.Active.Import', 59_217 - n, 'W'],
    ['Current.Import', 148.3, 'A'],
    ['Voltage', 399.2, 'V'],
    ['SoC', 21 + n, 'Percent'],
  ] as const;

/** The message that a charger sends every minute. */
function sampleOf(ctx: TestContext, version: OcppVersion, n: number, transactionId: unknown) {
  const timestamp = ctx.now().toISOString();
  const old = version === 'ocpp1.6';
  const sampledValue = gauges(n).map(([measurand, value, unit]) =>
    old ? { measurand, value: String(value), unit } : { measurand, value, unitOfMeasure: { unit } },
  );
  const meterValue = [{ timestamp, sampledValue }];
  if (old) return ['MeterValues', { connectorId: 1, transactionId, meterValue }] as const;
  return [
    'TransactionEvent',
    {
      eventType: 'Updated',
      timestamp,
      triggerReason: 'MeterValuePeriodic',
      seqNo: n,
      transactionInfo: { transactionId, chargingState: 'Charging' },
      meterValue,
    },
  ] as const;
}

async function begin(ctx: TestContext, charger: OcppPeer): Promise<unknown> {
  const { payload } = charger.lastAsked();
  const timestamp = ctx.now().toISOString();
  if (charger.sender.version === 'ocpp1.6') {
    const begun = { connectorId: 1, idTag: payload['idTag'], meterStart: REGISTER, timestamp };
    return (await charger.call('StartTransaction', begun))['transactionId'];
  }
  const { idToken, remoteStartId } = payload;
  const transactionId = '8c8a39d4-2f2b-4f4b-9d0e-6d1f0b1d8f51';
  await charger.call('TransactionEvent', {
    eventType: 'Started',
    timestamp,
    triggerReason: 'RemoteStart',
    seqNo: 0,
    transactionInfo: { transactionId, remoteStartId, chargingState: 'Charging' },
    evse: { id: 1, connectorId: 1 },
    idToken,
    meterValue: [{ timestamp, sampledValue: [{ value: REGISTER }] }],
  });
  return transactionId;
}

/** A session that has run for an hour, half of it free. */
async function anHourOf(version: OcppVersion) {
  const ctx = await aPricedWorld();
  const known = NewCharger.parse({
    id: LONGEST_ID,
    site_id: 'BLR-IND',
    security_profile: 0,
    connectors: [{ id: 1, evse_id: 1, evse_connector_id: 1 }],
  });
  await createCharger(ctx, known);
  const charger = await aPeer(ctx, { id: LONGEST_ID, version, registered: true });
  await charger.call('StatusNotification', {
    ...(version === 'ocpp1.6'
      ? { errorCode: 'NoError', status: 'Available' }
      : { connectorStatus: 'Available', evseId: 1, timestamp: ctx.now().toISOString() }),
    connectorId: 1,
  });
  const free = { type: 'free', duration_minutes: 30 } as const;
  const asked = { charger_id: LONGEST_ID, connector: 1, tariff_override: free };
  await startSession(ctx, NewSession.parse(asked));
  await settle(ctx);
  const transactionId = await begin(ctx, charger);
  await charger.reply(charger.lastAsked());
  for (let n = 1; n <= 60; n++) {
    ctx.tick(MINUTE);
    const [action, payload] = sampleOf(ctx, version, n, transactionId);
    await charger.call(action, payload);
  }
  return { ctx, charger, transactionId };
}

test.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
  '%s: a meter value of a running session is two writes of at most 1 KB',
  async (version) => {
    const { ctx, charger, transactionId } = await anHourOf(version);
    const table = new MeteredTable(ctx.table);
    for (const [n, wait] of [
      [61, MINUTE],
      [62, MINUTE / 2],
      [63, MINUTE],
    ] as const) {
      ctx.tick(wait);
      const [action, payload] = sampleOf(ctx, version, n, transactionId);
      table.meter.take();
      await charger.say(JSON.stringify([2, randomUUID(), action, payload]), table);
      const written = table.meter.take().items.filter(({ wru }) => wru > 0);
      expect(written).toHaveLength(2);
      for (const { bytes } of written) expect(bytes).toBeLessThanOrEqual(KILOBYTE);
    }
    expect((await theSession(ctx)).energy_kwh).toBe((63 * 987) / 1000);
  },
);

test.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
  '%s: a heartbeat writes nothing, registered before its socket opened or after',
  async (version) => {
    for (const registered of [true, false]) {
      const { ctx, charger } = await anHourOf(version);
      const table = new MeteredTable(ctx.table);
      const socket = { id: LONGEST_ID, version, registered, connectionId: 'second' };
      const again = await aPeer(ctx, socket);
      for (const _ of [1, 2, 3]) {
        ctx.tick(5 * MINUTE);
        await again.say('[2,"1","Heartbeat",{}]', table);
      }
      expect(charger.id).toBe(LONGEST_ID);
      expect(table.meter.take().writes).toBe(0);
    }
  },
);
