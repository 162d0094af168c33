import * as z from 'zod';
import type { LightCharger } from '#bench/load/light-charger.ts';

/** What a charge takes in one version of OCPP: each makes one call and waits for its answer. */
export interface Dialect {
  readonly subprotocol: string;
  boot(charger: LightCharger): Promise<unknown>;
  status(charger: LightCharger, occupied: boolean): Promise<unknown>;
  authorize(charger: LightCharger): Promise<unknown>;
  start(charger: LightCharger, tag: string): Promise<unknown>;
  meter(charger: LightCharger, at?: string): Promise<unknown>;
  stop(charger: LightCharger, at?: string): Promise<unknown>;
}

const now = () => new Date().toISOString();
const TAG = 'BENCH';
const Started = z.object({ transactionId: z.int() });

/** A minute's worth of energy on, with the gauges of a DC charger. */
const gauges = (charger: LightCharger) => [
  { value: charger.registerWh, measurand: 'Energy.Active.Import.Register' },
  { value: 54_000, measurand: 'Power.Active.Import', unit: 'W' },
  { value: 135.5, measurand: 'Current.Import', unit: 'A' },
  { value: 398.2, measurand: 'Voltage', unit: 'V' },
  { value: 47, measurand: 'SoC', unit: 'Percent' },
];

export const dialect16: Dialect = {
  subprotocol: 'ocpp1.6',
  boot: (charger) =>
    charger.call('BootNotification', { chargePointVendor: 'Magma', chargePointModel: 'Bench' }),
  status: (charger, occupied) =>
    charger.call('StatusNotification', {
      connectorId: 1,
      errorCode: 'NoError',
      status: occupied ? 'Preparing' : 'Available',
    }),
  authorize: (charger) => charger.call('Authorize', { idTag: TAG }),
  async start(charger, idTag) {
    const answer = await charger.call('StartTransaction', {
      connectorId: 1,
      idTag,
      meterStart: charger.registerWh,
      timestamp: now(),
    });
    charger.transactionId = Started.parse(answer).transactionId;
  },
  meter: (charger, timestamp = now()) =>
    charger.call('MeterValues', {
      connectorId: 1,
      transactionId: charger.transactionId,
      meterValue: [
        { timestamp, sampledValue: gauges(charger).map((g) => ({ ...g, value: String(g.value) })) },
      ],
    }),
  stop: (charger, timestamp = now()) =>
    charger.call('StopTransaction', {
      transactionId: charger.transactionId,
      meterStop: charger.registerWh,
      timestamp,
    }),
};

const evse = { id: 1, connectorId: 1 };

function event(charger: LightCharger, eventType: string, more: object, timestamp = now()) {
  const sampledValue = gauges(charger).map(({ unit, ...gauge }) => ({
    ...gauge,
    ...(unit === undefined ? {} : { unitOfMeasure: { unit } }),
  }));
  return charger.call('TransactionEvent', {
    eventType,
    timestamp,
    seqNo: charger.seqNo++,
    transactionInfo: { transactionId: `${charger.identity}-${charger.transactionId}`, ...more },
    triggerReason: eventType === 'Updated' ? 'MeterValuePeriodic' : 'Authorized',
    meterValue: [{ timestamp, sampledValue }],
    ...(eventType === 'Started' ? { evse, idToken: { idToken: TAG, type: 'ISO14443' } } : {}),
  });
}

export const dialect201: Dialect = {
  subprotocol: 'ocpp2.0.1',
  boot: (charger) =>
    charger.call('BootNotification', {
      reason: 'PowerUp',
      chargingStation: { vendorName: 'Magma', model: 'Bench' },
    }),
  status: (charger, occupied) =>
    charger.call('StatusNotification', {
      timestamp: now(),
      evseId: 1,
      connectorId: 1,
      connectorStatus: occupied ? 'Occupied' : 'Available',
    }),
  authorize: (charger) =>
    charger.call('Authorize', { idToken: { idToken: TAG, type: 'ISO14443' } }),
  start(charger) {
    charger.transactionId += 1;
    charger.seqNo = 0;
    return event(charger, 'Started', { chargingState: 'Charging' });
  },
  meter: (charger, at) => event(charger, 'Updated', { chargingState: 'Charging' }, at),
  stop: (charger, at) => event(charger, 'Ended', { stoppedReason: 'Local' }, at),
};
