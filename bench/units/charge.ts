import * as z from 'zod';
import type { MeteredCharger, Said } from '#bench/units/metered-charger.ts';
import type { MeteredWorld } from '#bench/units/metered-world.ts';

/** One message of a charge, ready to be said. */
export interface Step {
  readonly action: string;
  readonly run: () => Promise<Said>;
}

/** How a charge goes, message by message, in the words of one version. */
export interface Charge {
  readonly begin: readonly Step[];
  /** A minute of it, with everything a DC charger measures. */
  readonly minute: () => Step;
  readonly end: readonly Step[];
}

/** Who started it: a tag at the charger, or the call the platform made of a REST request. */
export interface Start {
  readonly tag: string;
  readonly remoteStartId?: number;
}

const METER_AT_FIRST_WH = 1_000_000;
const WH_A_MINUTE = 900;
const SOC_AT_FIRST = 20;

/** What a DC charger's meter shows after so many minutes: 54 kW, and a battery of about 80 kWh. */
const gauges = (minutes: number) => ({
  registerWh: METER_AT_FIRST_WH + minutes * WH_A_MINUTE,
  powerW: 54_000 - minutes * 11,
  currentA: 135.5 - minutes * 0.1,
  voltageV: 398.2 + minutes * 0.1,
  socPercent: SOC_AT_FIRST + Math.floor(minutes * 1.1),
});

/** Session after session differs in its minutes, so that no start repeats an earlier one. */
export function chargeOf(world: MeteredWorld, charger: MeteredCharger, start: Start): Charge {
  return charger.version === '1.6'
    ? charge16(world, charger, start)
    : charge201(world, charger, start);
}

const Started = z.object({ transactionId: z.int() });

function charge16(world: MeteredWorld, charger: MeteredCharger, { tag }: Start): Charge {
  let transactionId = 0;
  let minutes = 0;
  const now = () => world.now().toISOString();
  const say = (action: string, payload: () => object): Step => ({
    action,
    run: () => charger.say(action, payload()),
  });
  const status = (to: string) =>
    say('StatusNotification', () => ({
      connectorId: 1,
      errorCode: 'NoError',
      status: to,
      timestamp: now(),
    }));
  const start: Step = {
    action: 'StartTransaction',
    run: async () => {
      const payload = {
        connectorId: 1,
        idTag: tag,
        meterStart: METER_AT_FIRST_WH,
        timestamp: now(),
      };
      const said = await charger.say('StartTransaction', payload);
      ({ transactionId } = Started.parse(said.answer));
      return said;
    },
  };
  return {
    begin: [status('Preparing'), start, status('Charging')],
    minute: () =>
      say('MeterValues', () => ({
        connectorId: 1,
        transactionId,
        meterValue: [{ timestamp: now(), sampledValue: sampled16(++minutes) }],
      })),
    end: [
      say('StopTransaction', () => ({
        transactionId,
        idTag: tag,
        meterStop: gauges(minutes).registerWh,
        timestamp: now(),
        reason: 'Local',
      })),
      status('Finishing'),
      status('Available'),
    ],
  };
}

function sampled16(minutes: number) {
  const { registerWh, powerW, currentA, voltageV, socPercent } = gauges(minutes);
  return [
    { value: String(registerWh), measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
    { value: String(powerW), measurand: 'Power.Active.Import', unit: 'W' },
    { value: currentA.toFixed(1), measurand: 'Current.Import', unit: 'A' },
    { value: voltageV.toFixed(1), measurand: 'Voltage', unit: 'V' },
    { value: String(socPercent), measurand: 'SoC', unit: 'Percent' },
  ];
}

function charge201(world: MeteredWorld, charger: MeteredCharger, start: Start): Charge {
  const { tag, remoteStartId } = start;
  const transactionId = `${charger.id}-${world.now().getTime()}`;
  let minutes = 0;
  let seqNo = 0;
  const now = () => world.now().toISOString();
  const event = (eventType: string, triggerReason: string, more: () => object): Step => ({
    action: `TransactionEvent ${eventType}`,
    run: () =>
      charger.say('TransactionEvent', {
        eventType,
        triggerReason,
        timestamp: now(),
        seqNo: seqNo++,
        evse: { id: 1, connectorId: 1 },
        ...more(),
      }),
  });
  const status = (connectorStatus: string): Step => ({
    action: 'StatusNotification',
    run: () =>
      charger.say('StatusNotification', {
        evseId: 1,
        connectorId: 1,
        connectorStatus,
        timestamp: now(),
      }),
  });
  const idToken = { idToken: tag, type: 'Central' };
  const meter = () => [{ timestamp: now(), sampledValue: sampled201(minutes) }];
  return {
    begin: [
      status('Occupied'),
      event('Started', remoteStartId === undefined ? 'Authorized' : 'RemoteStart', () => ({
        transactionInfo: { transactionId, chargingState: 'Charging', remoteStartId },
        idToken,
        meterValue: meter(),
      })),
    ],
    minute: () => {
      minutes += 1;
      return event('Updated', 'MeterValuePeriodic', () => ({
        transactionInfo: { transactionId, chargingState: 'Charging' },
        meterValue: meter(),
      }));
    },
    end: [
      event('Ended', 'StopAuthorized', () => ({
        transactionInfo: { transactionId, stoppedReason: 'Local' },
        idToken,
        meterValue: meter(),
      })),
      status('Available'),
    ],
  };
}

function sampled201(minutes: number) {
  const { registerWh, powerW, currentA, voltageV, socPercent } = gauges(minutes);
  return [
    {
      value: registerWh,
      measurand: 'Energy.Active.Import.Register',
      unitOfMeasure: { unit: 'Wh' },
    },
    { value: powerW, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } },
    { value: currentA, measurand: 'Current.Import', unitOfMeasure: { unit: 'A' } },
    { value: voltageV, measurand: 'Voltage', unitOfMeasure: { unit: 'V' } },
    { value: socPercent, measurand: 'SoC', unitOfMeasure: { unit: 'Percent' } },
  ];
}
