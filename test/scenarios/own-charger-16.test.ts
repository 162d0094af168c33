import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ChargerView } from '#shared/chargers/charger.ts';
import { aPublicCharger } from '#test/support/public-charger.ts';
import { aSandboxHost, aSandboxOfYesterday } from '#test/support/sandbox-host.ts';

const MINUTE_MS = 60_000;

const Started = z.object({ transactionId: z.int().positive() });
const accepted = { status: 'Accepted' };

describe('a charger nobody has heard of, speaking OCPP 1.6', () => {
  it('simply works in the sandbox: boots, charges a strange card, and is priced with its idle time', async () => {
    const { ready, api } = await aSandboxHost({ dataDir: await aSandboxOfYesterday() });
    const charger = aPublicCharger({
      url: ready.ocpp,
      identity: 'GARAGE-1',
      protocol: 'ocpp1.6',
    });
    await charger.connect();
    expect(charger.protocol).toBe('ocpp1.6');
    const boot = { chargePointVendor: 'Acme', chargePointModel: 'Garage 11' };
    expect(await charger.say('BootNotification', boot)).toMatchObject(accepted);
    await charger.say('StatusNotification', status('Available', 70));
    expect(await api.get('/v1/chargers/GARAGE-1', ChargerView)).toMatchObject({
      status: 'available',
      vendor_name: 'Acme',
      model: 'Garage 11',
      connectors: [{ id: 1, status: 'Available' }],
    });
    await api.patch('/v1/chargers/GARAGE-1', { site_id: ready.site_id }, ChargerView);

    expect(await charger.say('Authorize', { idTag: 'STRANGER-7' })).toEqual({
      idTagInfo: accepted,
    });
    const begun = await charger.say('StartTransaction', {
      connectorId: 1,
      idTag: 'STRANGER-7',
      meterStart: 500_000,
      timestamp: ago(64),
    });
    expect(begun).toMatchObject({ idTagInfo: accepted });
    const { transactionId } = Started.parse(begun);
    await charger.say('StatusNotification', status('Charging', 64));
    await charger.say('MeterValues', readings(transactionId, [40, 507_150], [18, 514_300]));
    await charger.say('StatusNotification', status('SuspendedEV', 18));
    await charger.say('StopTransaction', {
      transactionId,
      idTag: 'STRANGER-7',
      meterStop: 514_300,
      timestamp: ago(0),
      reason: 'Local',
    });

    // 14.300 kWh × 18.00 = 257.40, (18 - 10) idle minutes × 2.00 = 16.00, together 273.40;
    // CGST and SGST 9 % each: 24.606, rounded 24.61; 273.40 + 2 × 24.61 = 322.62.
    const sessions = await api.get('/v1/sessions?charger_id=GARAGE-1', Sessions);
    const session = await api.settled(sessions.sessions[0]?.id ?? '');
    expect(session).toMatchObject({ auth_method: 'rfid', stop_reason: 'local', flags: [] });
    expect(await api.cdrsOf(session.id)).toMatchObject([
      {
        energy_kwh: 14.3,
        charging_minutes: 46,
        idle_minutes: 18,
        lines: [
          { component: 'energy', amount: { amount: '257.40' } },
          { component: 'idle', amount: { amount: '16.00' } },
        ],
        total_excl_tax: { amount: '273.40' },
        tax: { amount: '49.22' },
        total: { amount: '322.62', currency: 'INR' },
      },
    ]);
    expect(charger.violations).toEqual([]);
  });

  it('is started and stopped from afar', async () => {
    const { ready, api } = await aSandboxHost();
    const charger = aPublicCharger({ url: ready.ocpp, identity: 'GARAGE-2', protocol: 'ocpp1.6' });
    charger.answers('RemoteStartTransaction', () => accepted);
    charger.answers('RemoteStopTransaction', () => accepted);
    await charger.connect();
    await charger.say('BootNotification', { chargePointVendor: 'A', chargePointModel: 'B' });
    await charger.say('StatusNotification', status('Preparing', 0));

    const session = await api.startSession({ charger_id: 'GARAGE-2' });
    const { idTag } = await charger.hears('RemoteStartTransaction');
    const start = { connectorId: 1, idTag, meterStart: 100, timestamp: ago(0) };
    const { transactionId } = Started.parse(await charger.say('StartTransaction', start));
    expect(await api.session(session.id)).toMatchObject({
      status: 'charging',
      auth_method: 'api',
      transaction_id: String(transactionId),
    });
    await api.stopSession(session.id);
    expect(await charger.hears('RemoteStopTransaction')).toEqual({ transactionId });
    const stop = { transactionId, meterStop: 1350, timestamp: ago(0), reason: 'Remote' };
    await charger.say('StopTransaction', stop);
    expect(await api.settled(session.id)).toMatchObject({
      stop_reason: 'remote',
      energy_kwh: 1.25,
      cdr: { energy_kwh: 1.25 },
    });
    expect(charger.violations).toEqual([]);
  });
});

const Sessions = z.object({ sessions: z.array(z.object({ id: z.string() })) });

const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

const status = (name: string, minutesAgo: number) => ({
  connectorId: 1,
  errorCode: 'NoError',
  status: name,
  timestamp: ago(minutesAgo),
});

const readings = (transactionId: number, ...each: readonly (readonly [number, number])[]) => ({
  connectorId: 1,
  transactionId,
  meterValue: each.map(([minutesAgo, wh]) => ({
    timestamp: ago(minutesAgo),
    sampledValue: [{ value: String(wh), measurand: 'Energy.Active.Import.Register', unit: 'Wh' }],
  })),
});
