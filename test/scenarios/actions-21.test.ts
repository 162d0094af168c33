import { describe, expect, it } from 'vitest';
import { listOf } from '#shared/http/list.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import { describeDeviceModel } from '#test/scenarios/actions/device-model-201.ts';
import { describeEveryday, describeTriggers } from '#test/scenarios/actions/everyday.ts';
import { describeProfiles } from '#test/scenarios/actions/profiles.ts';
import { duoCharger } from '#test/support/duo-charger.ts';
import { eventually } from '#test/support/eventually.ts';
import { aRawCharger } from '#test/support/raw-charger.ts';
import { aStage } from '#test/support/stage.ts';

const stage = aStage({
  charger: duoCharger('PLAY-21', '2.0.1'),
  subprotocol: 'ocpp2.1',
  securityEvents: true,
});
const Sessions = listOf('sessions', SessionView);

describe('OCPP 2.1, in the words of 2.0.1', () => {
  it('is what the charger speaks', async () => {
    expect(await stage.read()).toMatchObject({ ocpp_version: '2.1' });
  });
  describeEveryday(stage);
  describeDeviceModel(stage);
  describeTriggers(stage, [['status', 'StatusNotification']]);
  describeProfiles(stage);
});

describe('OCPP 2.1, word by word', () => {
  const now = () => new Date().toISOString();
  const aCharger = async (identity: string) => {
    const charger = await aRawCharger(`${stage.host.ocpp}/${identity}`, 'ocpp2.1');
    const chargingStation = { vendorName: 'Acme', model: 'Garage 21' };
    const [type, , boot] = await charger.say('BootNotification', {
      ...{ reason: 'PowerUp', chargingStation },
    });
    expect([type, boot]).toEqual([3, expect.objectContaining({ status: 'Accepted' })]);
    return { charger, desk: stage.host.desk(identity) };
  };

  it('a session is told and billed, its end by an operation of 2.1 alone', async () => {
    const { charger, desk } = await aCharger('GARAGE-21');
    const event = (eventType: string, seqNo: number, wh: number, more: object = {}) =>
      charger.say('TransactionEvent', {
        ...{ eventType, seqNo, timestamp: now(), triggerReason: 'CablePluggedIn' },
        transactionInfo: { transactionId: 'tx-21', operationMode: 'ChargingOnly', ...more },
        evse: { id: 1, connectorId: 1 },
        ...(seqNo === 0 ? { idToken: { idToken: '04TWO1', type: 'DirectPayment' } } : {}),
        meterValue: [{ timestamp: now(), sampledValue: [{ value: wh }] }],
      });
    await event('Started', 0, 1000, { chargingState: 'Charging' });
    await event('Ended', 1, 3500, { stoppedReason: 'ReqEnergyTransferRejected' });
    const { sessions } = await desk.api.get(`/v1/sessions?charger_id=${desk.id}`, Sessions);
    const session = await desk.api.settled(sessions[0]?.id ?? '');
    expect(session).toMatchObject({ energy_kwh: 2.5, flags: [] });
    expect(await desk.api.cdrsOf(session.id)).toMatchObject([{ energy_kwh: 2.5 }]);
  });

  it('what is new in 2.1 is known and not supported, and a SEND is never answered', async () => {
    const { charger } = await aCharger('GARAGE-22');
    expect(await charger.say('NotifySettlement', {})).toEqual(
      expect.arrayContaining([4, 'NotSupported']),
    );
    const before = charger.frames.length;
    charger.send(JSON.stringify([6, 'send-1', 'NotifyPeriodicEventStream', { id: 1 }]));
    await charger.say('Heartbeat', {});
    expect(charger.frames.slice(before)).toHaveLength(1);
  });

  it('a command goes out, and comes back', async () => {
    const { charger, desk } = await aCharger('GARAGE-23');
    const asked = desk.command('/commands/reset', { type: 'soft' });
    const call = await eventually(() => {
      const found = charger.frames.find((frame) => Array.isArray(frame) && frame[2] === 'Reset');
      expect(found).toBeDefined();
      return found;
    });
    const [, id, , payload] = Array.isArray(call) ? call : [];
    expect(payload).toEqual({ type: 'OnIdle' });
    charger.send(JSON.stringify([3, id, { status: 'Accepted' }]));
    expect(await asked).toMatchObject({ status: 'completed', ocpp: { version: 'ocpp2.1' } });
  });
});
