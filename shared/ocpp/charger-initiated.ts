import type { OcppVersion } from '#shared/ocpp/version.ts';

const both = [
  'Authorize',
  'BootNotification',
  'FirmwareStatusNotification',
  'Heartbeat',
  'LogStatusNotification',
  'MeterValues',
  'SecurityEventNotification',
  'SignCertificate',
  'StatusNotification',
];

const since201 = [
  ...both,
  'ClearedChargingLimit',
  'Get15118EVCertificate',
  'GetCertificateStatus',
  'NotifyChargingLimit',
  'NotifyCustomerInformation',
  'NotifyDisplayMessages',
  'NotifyEVChargingNeeds',
  'NotifyEVChargingSchedule',
  'NotifyEvent',
  'NotifyMonitoringReport',
  'NotifyReport',
  'PublishFirmwareStatusNotification',
  'ReportChargingProfiles',
  'ReservationStatusUpdate',
  'TransactionEvent',
];

const since21 = [
  ...since201,
  'BatterySwap',
  'ClosePeriodicEventStream',
  'GetCertificateChainStatus',
  'NotifyDERAlarm',
  'NotifyDERStartStop',
  'NotifyPeriodicEventStream',
  'NotifyPriorityCharging',
  'NotifySettlement',
  'OpenPeriodicEventStream',
  'PullDynamicScheduleUpdate',
  'ReportDERControl',
  'VatNumberValidation',
];

const actions: Readonly<Record<OcppVersion, readonly string[]>> = {
  'ocpp1.6': [
    ...both,
    'DiagnosticsStatusNotification',
    'SignedFirmwareStatusNotification',
    'StartTransaction',
    'StopTransaction',
  ],
  'ocpp2.0.1': since201,
  'ocpp2.1': since21,
};

/** Whether only a charger may send this call. DataTransfer goes both ways. */
export const isChargerInitiated = (version: OcppVersion, action: string): boolean =>
  actions[version].includes(action);
