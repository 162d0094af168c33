import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sandbox } from '#local/sandbox.ts';
import { ChargerView } from '#shared/chargers/charger.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { eventually } from '#test/support/eventually.ts';
import { aHost } from '#test/support/local-host.ts';
import { aRawCharger, type RawCharger } from '#test/support/raw-charger.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';

const KB = 1024;
const now = () => new Date().toISOString();
const Sessions = z.object({ sessions: z.array(z.object({ id: z.string() })) });
const boot = { chargePointVendor: 'Acme', chargePointModel: 'Garage 11' };
const free = { connectorId: 1, errorCode: 'NoError', status: 'Available' };

/** Boots, and begins a transaction at 1,000 Wh; its number. */
async function begin(charger: RawCharger): Promise<number> {
  await charger.say('BootNotification', boot);
  const start = { connectorId: 1, idTag: 'CARD', meterStart: 1000, timestamp: now() };
  const [, , answer] = await charger.say('StartTransaction', start);
  return z.object({ transactionId: z.int() }).parse(answer).transactionId;
}

const metered = (transactionId: number, wh: number) => ({
  connectorId: 1,
  transactionId,
  meterValue: [{ timestamp: now(), sampledValue: [{ value: String(wh) }] }],
});

const theSession = async (api: ApiClient, chargerId: string) => {
  const { sessions } = await api.get(`/v1/sessions?charger_id=${chargerId}`, Sessions);
  expect(sessions).toHaveLength(1);
  return api.settled(sessions[0]?.id ?? '');
};

/** A call, a result or an error: other frames are not OCPP. */
const Frame = z.tuple([z.literal([2, 3, 4]), z.string()]).rest(z.unknown());
/** Stands for the message id that could not be read. */
const UNREADABLE = '-1';

const garbage: (string | Buffer)[] = [
  '',
  'hello',
  '\u0000',
  '{}',
  '[]',
  '[2]',
  '[2,"cut-off","Heartbeat",{',
  '[2,"no-action"]',
  '[2,{"id":1},"Heartbeat",{}]',
  '[2,"strange","MakeCoffee",{}]',
  '[2,"wrong","Authorize",{"idTag":7}]',
  '[2,"other","Heartbeat",[1,2,3]]',
  '[3,"nobody-asked",{"status":"Accepted"}]',
  '[4,"nobody-asked","GenericError","",{}]',
  '[3,"__proto__",{}]',
  '[99,"kind",{}]',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  Buffer.from([0xff, 0x00, 0xfe, 0x80]),
  Buffer.from('[2,"in-binary","Heartbeat",{}]'),
];

describe('a charger that sends garbage between good frames', () => {
  it.for(['ocpp1.6', 'ocpp2.0.1'] as const)(
    'of %s keeps its socket, and every good frame is answered',
    async (version) => {
      const { ready } = await aSandboxHost();
      const charger = await aRawCharger(`${ready.ocpp}/NOISY-1`, version);
      for (const frame of garbage) {
        charger.send(frame);
        expect(await charger.say('Heartbeat', {})).toEqual([
          3,
          expect.any(String),
          { currentTime: expect.stringMatching(/Z$/) },
        ]);
      }
      expect(charger.closedWith).toBeUndefined();
      // Each call has one answer at most, and what was no call has none.
      const answered = charger.frames
        .map((frame) => Frame.parse(frame))
        .filter(([kind]) => kind !== 2);
      const ids = answered.map(([, id]) => id).filter((id) => id !== UNREADABLE);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).not.toContain('nobody-asked');
    },
  );

  it('is billed for what the good ones say', async () => {
    const { ready, api } = await aSandboxHost();
    const charger = await aRawCharger(`${ready.ocpp}/NOISY-2`);
    const transactionId = await begin(charger);
    for (const [n, frame] of garbage.entries()) {
      charger.send(frame);
      await charger.say('MeterValues', metered(transactionId, 1100 + 100 * n));
    }
    await charger.say('StopTransaction', { transactionId, meterStop: 9000, timestamp: now() });
    expect(await theSession(api, 'NOISY-2')).toMatchObject({ energy_kwh: 8, flags: [] });
  });

  it('loses its socket, not its session, over a message of 200 KB', async () => {
    const { ready, api } = await aSandboxHost();
    const first = await aRawCharger(`${ready.ocpp}/NOISY-3`);
    const transactionId = await begin(first);
    first.send(JSON.stringify([2, 'big', 'DataTransfer', { vendorId: 'x'.repeat(200 * KB) }]));
    expect(await first.closed()).toBe(1009);
    const second = await aRawCharger(`${ready.ocpp}/NOISY-3`);
    await second.say('MeterValues', metered(transactionId, 1500));
    await second.say('StopTransaction', { transactionId, meterStop: 3000, timestamp: now() });
    expect(await theSession(api, 'NOISY-3')).toMatchObject({ energy_kwh: 2, flags: [] });
  });
});

describe('two connections of one identity', () => {
  it('leave the newest: the older is closed, and its late end makes nobody offline', async () => {
    const { ready, api } = await aSandboxHost();
    const older = await aRawCharger(`${ready.ocpp}/TWIN-1`);
    const transactionId = await begin(older);
    const newer = await aRawCharger(`${ready.ocpp}/TWIN-1`);
    expect(await older.closed()).toBe(1008);
    await newer.say('MeterValues', metered(transactionId, 2000));
    const charger = await api.get('/v1/chargers/TWIN-1', ChargerView);
    expect(charger).toMatchObject({ connectivity: { state: 'online' } });
    const { sessions } = await api.get('/v1/sessions?charger_id=TWIN-1', Sessions);
    await api.stopSession(sessions[0]?.id ?? '');
    await eventually(() =>
      expect(newer.frames).toContainEqual([
        2,
        expect.any(String),
        'RemoteStopTransaction',
        { transactionId },
      ]),
    );
    expect(older.frames).not.toContainEqual(expect.arrayContaining(['RemoteStopTransaction']));
  });
});

describe('a socket that is open at one end only', () => {
  it('is given up when it has been silent too long, and the charger counts as lost until it is back', async () => {
    // Longer than a first boot takes on a busy machine: a socket cut while the boot is being answered proves nothing.
    const host = await aHost({ limits: { idleMs: 2500 } });
    const api = new ApiClient({ api: host.api, api_key: sandbox.apiKey });
    const frozen = await aRawCharger(`${host.ocpp}/FROZEN-1`);
    await frozen.say('BootNotification', boot);
    await frozen.say('StatusNotification', free);
    frozen.freeze();
    await eventually(async () => {
      const { connectivity } = await api.get('/v1/chargers/FROZEN-1', ChargerView);
      expect(connectivity).toMatchObject({ state: 'reconnecting' });
    });
    expect(
      await api.ask('POST', '/v1/sessions', { body: { charger_id: 'FROZEN-1' } }),
    ).toMatchObject({ status: 409, body: { code: 'charger_offline' } });
    const back = await aRawCharger(`${host.ocpp}/FROZEN-1`);
    await back.say('Heartbeat', {});
    expect(await api.startSession({ charger_id: 'FROZEN-1' })).toMatchObject({
      status: 'starting',
    });
  });
});
