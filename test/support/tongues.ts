import type { PublicCharger } from '#test/support/public-charger.ts';

/** How a charger says what a journey needs said, in the words of its version. */
export interface Tongue {
  readonly protocol: 'ocpp1.6' | 'ocpp2.0.1';
  boots(charger: PublicCharger, firmware?: string): Promise<unknown>;
  shows(charger: PublicCharger, status: 'free' | 'reserved'): Promise<unknown>;
  /** A transaction begins with this token, on this reservation. */
  begins(charger: PublicCharger, uid: string, reservation: number): Promise<unknown>;
  /** The call by which a place is kept, and its number in it. */
  readonly reserving: { readonly action: string; readonly number: string };
  listVersion(version: number): object;
  /** The schedule of a GetCompositeSchedule: so many watts from now on, for ten minutes. */
  composite(watts: number): object;
  readonly firmware: { at(call: Call): unknown };
  tellsFirmware(charger: PublicCharger, status: string, call: Call): Promise<unknown>;
  /** The log of the diagnostics: how it is asked for, agreed to, and told. */
  readonly log: { readonly action: string; readonly agreed: object; at(call: Call): unknown };
  tellsLog(charger: PublicCharger, status: 'Uploading' | 'Uploaded', call: Call): Promise<unknown>;
}

type Call = Readonly<Record<string, unknown>>;
const now = () => new Date().toISOString();
const fileName = 'garage.log';

export const tongue16: Tongue = {
  protocol: 'ocpp1.6',
  boots: (charger, firmwareVersion = '1.0.0') =>
    charger.say('BootNotification', {
      ...{ chargePointVendor: 'Acme', chargePointModel: 'Garage 11', firmwareVersion },
    }),
  shows: (charger, status) =>
    charger.say('StatusNotification', {
      ...{ connectorId: 1, errorCode: 'NoError', timestamp: now() },
      status: status === 'free' ? 'Available' : 'Reserved',
    }),
  begins: (charger, idTag, reservationId) =>
    charger.say('StartTransaction', {
      ...{ connectorId: 1, idTag, meterStart: 100, timestamp: now(), reservationId },
    }),
  reserving: { action: 'ReserveNow', number: 'reservationId' },
  listVersion: (listVersion) => ({ listVersion }),
  composite: (limit) => ({
    ...{ status: 'Accepted', connectorId: 1, scheduleStart: now() },
    chargingSchedule: {
      ...{ duration: 600, chargingRateUnit: 'W' },
      chargingSchedulePeriod: [{ startPeriod: 0, limit }],
    },
  }),
  firmware: { at: ({ location }) => location },
  tellsFirmware: (charger, status) => charger.say('FirmwareStatusNotification', { status }),
  log: { action: 'GetDiagnostics', agreed: { fileName }, at: ({ location }) => location },
  tellsLog: (charger, status) => charger.say('DiagnosticsStatusNotification', { status }),
};

export const tongue201: Tongue = {
  protocol: 'ocpp2.0.1',
  boots: (charger, firmwareVersion = '1.0.0') =>
    charger.say('BootNotification', {
      reason: 'PowerUp',
      chargingStation: { vendorName: 'Acme', model: 'Garage 150', firmwareVersion },
    }),
  shows: (charger, status) =>
    charger.say('StatusNotification', {
      ...{ evseId: 1, connectorId: 1, timestamp: now() },
      connectorStatus: status === 'free' ? 'Available' : 'Reserved',
    }),
  begins: (charger, idToken, reservationId) =>
    charger.say('TransactionEvent', {
      ...{ eventType: 'Started', seqNo: 0, triggerReason: 'Authorized', timestamp: now() },
      transactionInfo: { transactionId: 'tx-garage', chargingState: 'Charging' },
      ...{ evse: { id: 1, connectorId: 1 }, idToken: { idToken, type: 'ISO14443' } },
      reservationId,
    }),
  reserving: { action: 'ReserveNow', number: 'id' },
  listVersion: (versionNumber) => ({ versionNumber }),
  composite: (limit) => ({
    status: 'Accepted',
    schedule: {
      ...{ evseId: 1, duration: 600, scheduleStart: now(), chargingRateUnit: 'W' },
      chargingSchedulePeriod: [{ startPeriod: 0, limit }],
    },
  }),
  firmware: { at: ({ firmware }) => Object(firmware).location },
  tellsFirmware: (charger, status, { requestId }) =>
    charger.say('FirmwareStatusNotification', { status, requestId }),
  log: {
    ...{ action: 'GetLog', agreed: { status: 'Accepted', filename: fileName } },
    at: ({ log }) => Object(log).remoteLocation,
  },
  tellsLog: (charger, status, { requestId }) =>
    charger.say('LogStatusNotification', { status, requestId }),
};
