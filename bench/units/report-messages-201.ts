import type { MessageRows } from '#bench/units/message-rows.ts';
import { askAbout } from '#bench/units/prepared.ts';
import type { MeteredSite } from '#bench/units/site.ts';

type Place = Pick<MeteredSite, 'world' | 'dc201'>;
const temperature = {
  component: { name: 'ChargingStation' },
  variable: { name: 'Temperature' },
};

/** What a charger of 2.0.1 reports because it was asked, and what its monitors tell. */
export async function reportMessages201(rows: MessageRows, { world, dc201 }: Place): Promise<void> {
  const generatedAt = world.now().toISOString();
  await askAbout(world, dc201, 'refreshChargerConfiguration', { what: 'full', monitors: true });
  await dc201.acceptAll();
  const { requestId } = dc201.asked('GetBaseReport');
  const first = { requestId, generatedAt, seqNo: 0, tbc: true, reportData: variables(10, 0) };
  await rows.say('NotifyReport', first, 'a part of 10 variables');
  const last = { requestId, generatedAt, seqNo: 1, reportData: variables(10, 10) };
  await rows.say('NotifyReport', last, 'the last part, 10 variables');
  await dc201.acceptAll();
  await rows.say(
    'NotifyMonitoringReport',
    { requestId: dc201.asked('GetMonitoringReport')['requestId'], generatedAt, seqNo: 0, monitor },
    'one monitor',
  );
  await rows.say(
    'NotifyEvent',
    { generatedAt, seqNo: 0, eventData: [alert(generatedAt)] },
    'one monitor',
  );
  await profiles(rows, { world, dc201 });
  await askAbout(world, dc201, 'setDisplayMessage', { action: 'list' });
  await dc201.acceptAll();
  const messageInfo = [
    { id: 12, priority: 'NormalCycle', message: { format: 'UTF8', content: 'Welcome' } },
  ];
  const shown = { requestId: dc201.asked('GetDisplayMessages')['requestId'], messageInfo };
  await rows.say('NotifyDisplayMessages', shown, 'one message');
  const who = { action: 'report', customer_identifier: 'Asha' };
  await askAbout(world, dc201, 'requestCustomerInformation', who);
  await dc201.acceptAll();
  const { requestId: number } = dc201.asked('CustomerInformation');
  const told = { requestId: number, seqNo: 0, generatedAt, data: 'Nothing is kept.' };
  await rows.say('NotifyCustomerInformation', told);
}

/** The list waits a moment for what the charger tells after it; nothing is lost by not waiting longer. */
async function profiles(rows: MessageRows, { world, dc201 }: Place): Promise<void> {
  await world.ask('listChargingProfiles', {
    params: { charger_id: dc201.id },
    query: { refresh: true },
    headers: { prefer: 'wait=1' },
  });
  await dc201.acceptAll();
  await rows.say(
    'ReportChargingProfiles',
    {
      requestId: dc201.asked('GetChargingProfiles')['requestId'],
      chargingLimitSource: 'CSO',
      evseId: 1,
      chargingProfile: [profile],
    },
    'one profile',
  );
}

/** Settings as chargers have them, some forty characters each. */
const variables = (count: number, from: number) =>
  Array.from({ length: count }, (_, n) => ({
    component: { name: 'OCPPCommCtrlr' },
    variable: { name: `RetryBackOffRandomRange${from + n}` },
    variableAttribute: [{ value: '300', mutability: 'ReadWrite' }],
    variableCharacteristics: { dataType: 'integer', unit: 's', supportsMonitoring: false },
  }));

const monitor = [
  {
    ...temperature,
    variableMonitoring: [
      { id: 12, transaction: false, value: 70, type: 'UpperThreshold', severity: 2 },
    ],
  },
];

const alert = (timestamp: string) => ({
  ...temperature,
  eventId: 1,
  timestamp,
  trigger: 'Alerting',
  actualValue: '78.5',
  variableMonitoringId: 12,
  eventNotificationType: 'CustomMonitor',
});

const profile = {
  id: 3,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    {
      id: 3,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400 }],
    },
  ],
};
