import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Command } from '#shared/commands/command.ts';
import { listOf } from '#shared/http/list.ts';
import { SessionView } from '#shared/sessions/session-view.ts';
import { anIndependentCharger, describeIndependent } from '#test/scenarios/independent.ts';
import { eventually } from '#test/support/eventually.ts';
import { aFileHost } from '#test/support/file-host.ts';
import { tongue201 } from '#test/support/tongues.ts';

const host = aFileHost();
const accepted = { status: 'Accepted' };
const component = { name: 'TemperatureSensor' };
const variable = { name: 'Temperature' };
const now = () => new Date().toISOString();
const Sessions = listOf('sessions', SessionView);

describeIndependent(host, tongue201);

describe('what only ocpp2.0.1 has, said by a charger that is not ours', () => {
  it('reports its device model in parts, of which the last may come first', async () => {
    const { charger, desk } = await anIndependentCharger(host, tongue201);
    charger.answers('GetBaseReport', () => accepted);
    const begun = await desk.api.post(desk.path('/configuration/refresh'), {}, Command);
    const { requestId } = await charger.hears('GetBaseReport');
    const part = (seqNo: number, tbc: boolean, name: string, value: string) =>
      charger.say('NotifyReport', {
        ...{ requestId, seqNo, tbc, generatedAt: now() },
        reportData: [
          {
            component: { name: 'SampledDataCtrlr' },
            variable: { name },
            variableAttribute: [{ value, mutability: 'ReadWrite' }],
            variableCharacteristics: { dataType: 'integer', supportsMonitoring: false },
          },
        ],
      });
    await part(1, false, 'TxUpdatedInterval', '60');
    await part(0, true, 'TxEndedInterval', '0');
    expect(await desk.ended(begun.id)).toMatchObject({ status: 'completed' });
    expect(await desk.setting('TxUpdatedInterval')).toMatchObject({ value: '60' });
    expect(await desk.setting('TxEndedInterval')).toMatchObject({ value: '0' });
    expect(charger.violations).toEqual([]);
  });

  it('takes a monitor, and tells when it goes off', async () => {
    const { charger, desk } = await anIndependentCharger(host, tongue201);
    charger.answers('SetVariableMonitoring', ({ setMonitoringData }) => ({
      setMonitoringResult: z
        .array(z.object({ type: z.string(), severity: z.int() }))
        .parse(setMonitoringData)
        .map((one) => ({ ...one, id: 5, status: 'Accepted', component, variable })),
    }));
    const watch = { component: component.name, name: variable.name, severity: 3 };
    const monitors = [{ ...watch, type: 'upper_threshold', value: 60 }];
    expect(await desk.command('/monitors', { monitors }, 'PUT')).toMatchObject({
      result: { data: { monitors: [{ id: 5, outcome: 'accepted' }] } },
    });
    await charger.say('NotifyEvent', {
      ...{ generatedAt: now(), seqNo: 0, tbc: false },
      eventData: [
        {
          ...{ eventId: 1, timestamp: now(), trigger: 'Alerting', actualValue: '71' },
          ...{ eventNotificationType: 'CustomMonitor', component, variable },
          variableMonitoringId: 5,
        },
      ],
    });
    await desk.event('charger.monitor_triggered', { monitor_id: 5, value: '71', severity: 3 });
    expect(charger.violations).toEqual([]);
  });

  it('shows a message', async () => {
    const { charger, desk } = await anIndependentCharger(host, tongue201);
    charger.answers('SetDisplayMessage', () => accepted);
    charger.answers('GetDisplayMessages', () => accepted);
    const text = 'Namaste';
    const shown = await desk.command('/commands/display-message', { action: 'set', text });
    expect(shown).toMatchObject({ status: 'completed' });
    const { message } = await charger.hears('SetDisplayMessage');
    const path = desk.path('/commands/display-message');
    const begun = await desk.api.post(path, { action: 'list' }, Command);
    const { requestId } = await charger.hears('GetDisplayMessages');
    await charger.say('NotifyDisplayMessages', { requestId, messageInfo: [message] });
    expect(await desk.ended(begun.id)).toMatchObject({
      result: { data: { messages: [{ text }] } },
    });
    expect(charger.violations).toEqual([]);
  });

  // 30 seconds are what a report may take by itself before it is asked for.
  it('is asked for a report that is missing, and billed once it has come', async () => {
    const { charger, desk } = await anIndependentCharger(host, tongue201);
    charger.answers('GetTransactionStatus', () => ({
      ...{ ongoingIndicator: false, messagesInQueue: true },
    }));
    const since = Date.now();
    const event = (eventType: string, seqNo: number, wh: number, more: object = {}) => {
      const timestamp = new Date(since + seqNo).toISOString();
      return charger.say('TransactionEvent', {
        ...{ eventType, seqNo, timestamp, triggerReason: 'MeterValuePeriodic' },
        transactionInfo: { transactionId: 'tx-gap', ...more },
        evse: { id: 1, connectorId: 1 },
        ...(seqNo === 0 ? { idToken: { idToken: '04GAP1', type: 'ISO14443' } } : {}),
        meterValue: [{ timestamp, sampledValue: [{ value: wh }] }],
      });
    };
    await event('Started', 0, 1000, { chargingState: 'Charging' });
    await event('Ended', 2, 3500, { stoppedReason: 'Local' });
    const { sessions } = await desk.api.get(`/v1/sessions?charger_id=${desk.id}`, Sessions);
    const id = sessions[0]?.id ?? '';
    const asked = await eventually(() => charger.hears('GetTransactionStatus'), 45_000);
    expect(asked).toEqual({ transactionId: 'tx-gap' });
    expect(await desk.api.cdrsOf(id)).toEqual([]);
    await event('Updated', 1, 2000, { chargingState: 'Charging' });
    expect(await desk.api.settled(id)).toMatchObject({ energy_kwh: 2.5, flags: [] });
    expect(charger.violations).toEqual([]);
  });
});
