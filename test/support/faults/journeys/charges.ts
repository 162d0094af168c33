import { ask, say } from '#test/support/faults/doors.ts';
import type { Journey } from '#test/support/faults/journey.ts';
import type { Machine } from '#test/support/faults/machine.ts';
import type { Step } from '#test/support/faults/sweep.ts';
import type { FaultWorld } from '#test/support/faults/world.ts';

const MINUTE = 60_000;
type Payload = (machine: Machine, at: string) => Readonly<Record<string, unknown>>;

/** What a charge is known by later. It is set anew each time its step is played, the last time for good. */
interface Known {
  transactionId?: unknown;
  idTag?: unknown;
  session?: unknown;
}

const at = (machine: Machine) => machine.now().toISOString();
const told = (chargerId: string, name: string, action: string, payload: Payload): Step => ({
  name,
  async play(machine) {
    machine.tick(MINUTE);
    await say(machine, machine.senderOf(chargerId), action, payload(machine, at(machine)));
  },
});
const meter = (timestamp: string, wh: number) => [
  { timestamp, sampledValue: [{ value: String(wh) }] },
];

/** A charge with a card over OCPP 1.6: authorised, begun, metered, ended, and its CDR. */
export function charge16({ home }: FaultWorld): Journey {
  const charger = home.ids.charger;
  const known: Known = {};
  const tell = (name: string, action: string, payload: Payload) =>
    told(charger, name, action, payload);
  const status = (word: string) =>
    tell(word, 'StatusNotification', (_, timestamp) => ({
      ...{ connectorId: 2, errorCode: 'NoError', status: word, timestamp },
    }));
  return {
    name: 'a charge in 1.6',
    steps: [
      tell('authorise', 'Authorize', () => ({ idTag: home.ids.uid })),
      status('Preparing'),
      {
        name: 'start',
        async play(machine) {
          const start = { connectorId: 2, idTag: home.ids.uid, meterStart: 5000 };
          const payload = { ...start, timestamp: at(machine) };
          const answer = await say(machine, machine.senderOf(charger), 'StartTransaction', payload);
          known.transactionId = Object(answer).transactionId;
        },
      },
      status('Charging'),
      tell('meter', 'MeterValues', (_, timestamp) => ({
        connectorId: 2,
        transactionId: known.transactionId,
        meterValue: meter(timestamp, 6000),
      })),
      status('SuspendedEV'),
      tell('stop', 'StopTransaction', (_, timestamp) => ({
        transactionId: known.transactionId,
        meterStop: 8000,
        timestamp,
        idTag: home.ids.uid,
      })),
      status('Available'),
    ],
  };
}

/** Asked for and stopped over REST, with a limit of time that ends nothing. */
export function remoteCharge({ home }: FaultWorld): Journey {
  const charger = home.ids.charger;
  const known: Known = {};
  return {
    name: 'a charge asked for over REST',
    steps: [
      {
        name: 'ask',
        async play(machine) {
          const body = { charger_id: charger, connector: 2, limits: { duration_minutes: 240 } };
          known.session = (await ask(machine, 'startSession', { body }))['session_id'];
          known.idTag = machine.outside.ocpp.sent
            .map(({ json }) => Object(json)[3]?.idTag)
            .findLast((tag) => tag !== undefined);
        },
      },
      {
        name: 'start',
        async play(machine) {
          const start = { connectorId: 2, idTag: known.idTag, meterStart: 5000 };
          const payload = { ...start, timestamp: at(machine) };
          const answer = await say(machine, machine.senderOf(charger), 'StartTransaction', payload);
          known.transactionId = Object(answer).transactionId;
        },
      },
      {
        name: 'stop it',
        async play(machine) {
          machine.tick(MINUTE);
          await ask(machine, 'stopSession', { params: { session_id: known.session } });
        },
      },
      told(charger, 'stop', 'StopTransaction', (_, timestamp) => ({
        transactionId: known.transactionId,
        ...{ meterStop: 9000, timestamp, reason: 'Remote' },
      })),
    ],
  };
}

const MORE_201: readonly (readonly [string, object])[] = [
  ['Started', { seqNo: 0, triggerReason: 'Authorized' }],
  ['Updated', { seqNo: 1, triggerReason: 'MeterValuePeriodic' }],
  // The third is lost on its way, and asked for.
  ['Ended', { seqNo: 3, triggerReason: 'StopAuthorized' }],
  ['Updated', { seqNo: 2, triggerReason: 'MeterValuePeriodic', offline: true }],
];

/** A charge over OCPP 2.0.1, one of whose reports comes after its end. */
export function charge201({ home }: FaultWorld): Journey {
  const step = ([eventType, more]: (typeof MORE_201)[number], n: number): Step =>
    told(home.spare.charger201, `${eventType} ${n}`, 'TransactionEvent', (_, timestamp) => ({
      eventType,
      timestamp,
      transactionInfo: { transactionId: 'TX-OF-THE-SWEEP', chargingState: 'Charging' },
      evse: { id: 2, connectorId: 1 },
      idToken: { idToken: home.ids.uid, type: 'ISO14443' },
      meterValue: [{ timestamp, sampledValue: [{ value: 5000 + n * 1000 }] }],
      ...more,
    }));
  return { name: 'a charge in 2.0.1', steps: MORE_201.map(step) };
}
