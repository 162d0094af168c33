import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ChargerView } from '#shared/chargers/charger.ts';
import { aPublicCharger } from '#test/support/public-charger.ts';
import { aSandboxHost, aSandboxOfYesterday } from '#test/support/sandbox-host.ts';

const accepted = { status: 'Accepted' };
const boot = {
  reason: 'PowerUp',
  chargingStation: { model: 'Garage 150', vendorName: 'Acme', serialNumber: 'A-1' },
};

describe('a charger nobody has heard of, speaking OCPP 2.0.1', () => {
  it('simply works in the sandbox: boots, charges a strange card, and is priced with its idle time', async () => {
    const { ready, api } = await aSandboxHost({ dataDir: await aSandboxOfYesterday() });
    const identity = 'GARAGE-201';
    const charger = aPublicCharger({ url: ready.ocpp, identity, protocol: 'ocpp2.0.1' });
    await charger.connect();
    expect(charger.protocol).toBe('ocpp2.0.1');
    expect(await charger.say('BootNotification', boot)).toMatchObject(accepted);
    await charger.say('StatusNotification', status('Available', 70));
    expect(await api.get('/v1/chargers/GARAGE-201', ChargerView)).toMatchObject({
      status: 'available',
      vendor_name: 'Acme',
      model: 'Garage 150',
      connectors: [{ id: 1, status: 'Available' }],
    });
    await api.patch('/v1/chargers/GARAGE-201', { site_id: ready.site_id }, ChargerView);

    const idToken = { idToken: 'STRANGER-8', type: 'ISO14443' };
    expect(await charger.say('Authorize', { idToken })).toEqual({ idTokenInfo: accepted });
    await charger.say('StatusNotification', status('Occupied', 64));
    const begun = await charger.say('TransactionEvent', {
      ...event('Started', 0, 64, 'Authorized', 'Charging'),
      idToken,
      meterValue: [reading(64, 500_000, 'Transaction.Begin')],
    });
    expect(begun).toMatchObject({ idTokenInfo: accepted });
    await charger.say('TransactionEvent', {
      ...event('Updated', 1, 40, 'MeterValuePeriodic', 'Charging'),
      meterValue: [reading(40, 507_150, 'Sample.Periodic', 51)],
    });
    await charger.say('TransactionEvent', {
      ...event('Updated', 2, 18, 'ChargingStateChanged', 'SuspendedEV'),
      meterValue: [reading(18, 514_300, 'Sample.Periodic', 80)],
    });
    const ended = event('Ended', 3, 0, 'StopAuthorized');
    await charger.say('TransactionEvent', {
      ...ended,
      transactionInfo: { ...ended.transactionInfo, stoppedReason: 'Local' },
      idToken,
      meterValue: [reading(0, 514_300, 'Transaction.End', 80)],
    });

    // 14.300 kWh × 18.00 = 257.40, (18 - 10) idle minutes × 2.00 = 16.00, together 273.40;
    // CGST and SGST 9 % each: 24.606, rounded 24.61; 273.40 + 2 × 24.61 = 322.62.
    const { sessions } = await api.get('/v1/sessions?charger_id=GARAGE-201', Sessions);
    const session = await api.settled(sessions[0]?.id ?? '');
    expect(session).toMatchObject({
      auth_method: 'rfid',
      stop_reason: 'local',
      transaction_id: 'tx-garage',
      soc_percent: 80,
      flags: [],
    });
    expect(await api.cdrsOf(session.id)).toMatchObject([
      {
        energy_kwh: 14.3,
        charging_minutes: 46,
        idle_minutes: 18,
        lines: [
          { component: 'energy', amount: { amount: '257.40' } },
          { component: 'idle', amount: { amount: '16.00' } },
        ],
        tax: { amount: '49.22' },
        total: { amount: '322.62', currency: 'INR' },
      },
    ]);
    expect(charger.violations).toEqual([]);
  });

  it('is started and stopped from afar', async () => {
    const { ready, api } = await aSandboxHost();
    const identity = 'GARAGE-202';
    const charger = aPublicCharger({ url: ready.ocpp, identity, protocol: 'ocpp2.0.1' });
    charger.answers('RequestStartTransaction', () => accepted);
    charger.answers('RequestStopTransaction', () => accepted);
    await charger.connect();
    await charger.say('BootNotification', boot);
    await charger.say('StatusNotification', status('Occupied', 0));

    const session = await api.startSession({ charger_id: identity });
    const { remoteStartId, idToken, evseId } = await charger.hears('RequestStartTransaction');
    expect(evseId).toBe(1);
    const started = event('Started', 0, 0, 'RemoteStart', 'Charging');
    await charger.say('TransactionEvent', {
      ...started,
      transactionInfo: { ...started.transactionInfo, remoteStartId },
      idToken,
      meterValue: [reading(0, 100, 'Transaction.Begin')],
    });
    const charging = { status: 'charging', auth_method: 'api', transaction_id: 'tx-garage' };
    expect(await api.session(session.id)).toMatchObject(charging);
    await api.stopSession(session.id);
    const { transactionId } = await charger.hears('RequestStopTransaction');
    expect(transactionId).toBe('tx-garage');
    const ended = event('Ended', 1, 0, 'RemoteStop');
    await charger.say('TransactionEvent', {
      ...ended,
      transactionInfo: { ...ended.transactionInfo, stoppedReason: 'Remote' },
      meterValue: [reading(0, 1350, 'Transaction.End')],
    });
    expect(await api.settled(session.id)).toMatchObject({
      stop_reason: 'remote',
      energy_kwh: 1.25,
      cdr: { energy_kwh: 1.25 },
    });
    expect(charger.violations).toEqual([]);
  });
});

const Sessions = z.object({ sessions: z.array(z.object({ id: z.string() })) });

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const status = (connectorStatus: string, minutesAgo: number) => ({
  evseId: 1,
  connectorId: 1,
  connectorStatus,
  timestamp: ago(minutesAgo),
});

const event = (
  eventType: string,
  seqNo: number,
  minutesAgo: number,
  triggerReason: string,
  chargingState?: string,
) => ({
  eventType,
  seqNo,
  triggerReason,
  timestamp: ago(minutesAgo),
  transactionInfo: { transactionId: 'tx-garage', ...(chargingState ? { chargingState } : {}) },
  evse: { id: 1, connectorId: 1 },
});

const reading = (minutesAgo: number, wh: number, context: string, soc?: number) => ({
  timestamp: ago(minutesAgo),
  sampledValue: [
    { value: wh, context, measurand: 'Energy.Active.Import.Register' },
    ...(soc === undefined ? [] : [{ value: soc, context, measurand: 'SoC' }]),
  ],
});
