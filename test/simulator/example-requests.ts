/** A legal request for every action a platform can send, and what a charger at rest is to say to it. */
type Example = { payload: object; status?: string };

export const AT = '2026-01-15T12:30:00Z';
const LATER = '2026-01-15T13:00:00Z';
const HASH = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'a'.repeat(64),
  issuerKeyHash: 'b'.repeat(64),
  serialNumber: '1f',
};
const PERIODS = [{ startPeriod: 0, limit: 16 }];
const log = { requestId: 7, logType: 'DiagnosticsLog', log: { remoteLocation: 'http://x/y' } };
const component = { name: 'TemperatureSensor' };
const variable = { name: 'Temperature' };
const idToken = { idToken: 'TAG-1', type: 'Central' };

export const EXAMPLES_16: Record<string, Example> = {
  CancelReservation: { payload: { reservationId: 4 }, status: 'Rejected' },
  CertificateSigned: { payload: { certificateChain: 'none' }, status: 'Rejected' },
  ChangeAvailability: { payload: { connectorId: 0, type: 'Operative' }, status: 'Accepted' },
  ChangeConfiguration: {
    payload: { key: 'HeartbeatInterval', value: '60' },
    status: 'Accepted',
  },
  ClearCache: { payload: {}, status: 'Accepted' },
  ClearChargingProfile: { payload: {}, status: 'Unknown' },
  DataTransfer: { payload: { vendorId: 'Magma', messageId: 'Echo' }, status: 'Accepted' },
  DeleteCertificate: { payload: { certificateHashData: HASH }, status: 'NotFound' },
  ExtendedTriggerMessage: { payload: { requestedMessage: 'Heartbeat' }, status: 'Accepted' },
  GetCompositeSchedule: { payload: { connectorId: 1, duration: 60 }, status: 'Accepted' },
  GetConfiguration: { payload: {} },
  GetDiagnostics: { payload: { location: 'http://x/y' } },
  GetInstalledCertificateIds: {
    payload: { certificateType: 'CentralSystemRootCertificate' },
    status: 'NotFound',
  },
  GetLocalListVersion: { payload: {} },
  GetLog: { payload: log, status: 'Accepted' },
  InstallCertificate: {
    payload: { certificateType: 'CentralSystemRootCertificate', certificate: 'none' },
    status: 'Rejected',
  },
  RemoteStartTransaction: { payload: { idTag: 'TAG-1' }, status: 'Accepted' },
  RemoteStopTransaction: { payload: { transactionId: 1 }, status: 'Rejected' },
  ReserveNow: {
    payload: { connectorId: 1, expiryDate: LATER, idTag: 'TAG-1', reservationId: 4 },
    status: 'Accepted',
  },
  Reset: { payload: { type: 'Soft' }, status: 'Accepted' },
  SendLocalList: { payload: { listVersion: 1, updateType: 'Full' }, status: 'Accepted' },
  SetChargingProfile: {
    payload: {
      connectorId: 0,
      csChargingProfiles: {
        chargingProfileId: 1,
        stackLevel: 0,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: PERIODS },
      },
    },
    status: 'Accepted',
  },
  SignedUpdateFirmware: {
    payload: {
      requestId: 7,
      firmware: {
        location: 'http://x/y',
        retrieveDateTime: AT,
        signingCertificate: 'none',
        signature: '',
      },
    },
    status: 'InvalidCertificate',
  },
  TriggerMessage: { payload: { requestedMessage: 'Heartbeat' }, status: 'Accepted' },
  UnlockConnector: { payload: { connectorId: 1 }, status: 'Unlocked' },
  UpdateFirmware: { payload: { location: 'http://x/y', retrieveDate: AT } },
};

export const EXAMPLES_201: Record<string, Example> = {
  CancelReservation: { payload: { reservationId: 4 }, status: 'Rejected' },
  CertificateSigned: { payload: { certificateChain: 'none' }, status: 'Rejected' },
  ChangeAvailability: { payload: { operationalStatus: 'Operative' }, status: 'Accepted' },
  ClearCache: { payload: {}, status: 'Accepted' },
  ClearChargingProfile: { payload: { chargingProfileId: 1 }, status: 'Unknown' },
  ClearDisplayMessage: { payload: { id: 1 }, status: 'Unknown' },
  ClearVariableMonitoring: { payload: { id: [1, 2, 99] } },
  CostUpdated: { payload: { totalCost: 12.5, transactionId: 'none' } },
  CustomerInformation: {
    payload: { requestId: 7, report: true, clear: false, idToken },
    status: 'Accepted',
  },
  DataTransfer: { payload: { vendorId: 'Magma', messageId: 'Echo' }, status: 'Accepted' },
  DeleteCertificate: { payload: { certificateHashData: HASH }, status: 'NotFound' },
  GetBaseReport: {
    payload: { requestId: 7, reportBase: 'ConfigurationInventory' },
    status: 'Accepted',
  },
  GetChargingProfiles: { payload: { requestId: 7, chargingProfile: {} }, status: 'NoProfiles' },
  GetCompositeSchedule: { payload: { evseId: 1, duration: 60 }, status: 'Accepted' },
  GetDisplayMessages: { payload: { requestId: 7 }, status: 'Unknown' },
  GetInstalledCertificateIds: { payload: {}, status: 'NotFound' },
  GetLocalListVersion: { payload: {} },
  GetLog: { payload: log, status: 'Accepted' },
  GetMonitoringReport: { payload: { requestId: 7 }, status: 'Accepted' },
  GetReport: {
    payload: { requestId: 7, componentVariable: [{ component, variable }] },
    status: 'Accepted',
  },
  GetTransactionStatus: { payload: {} },
  GetVariables: { payload: { getVariableData: [{ component, variable }] } },
  InstallCertificate: {
    payload: { certificateType: 'V2GRootCertificate', certificate: 'none' },
    status: 'Rejected',
  },
  PublishFirmware: {
    payload: { location: 'http://x/y', checksum: 'c'.repeat(32), requestId: 7 },
    status: 'Accepted',
  },
  RequestStartTransaction: { payload: { idToken, remoteStartId: 1 }, status: 'Accepted' },
  RequestStopTransaction: { payload: { transactionId: 'none' }, status: 'Rejected' },
  ReserveNow: { payload: { id: 4, expiryDateTime: LATER, idToken }, status: 'Accepted' },
  Reset: { payload: { type: 'Immediate' }, status: 'Accepted' },
  SendLocalList: { payload: { versionNumber: 1, updateType: 'Full' }, status: 'Accepted' },
  SetChargingProfile: {
    payload: {
      evseId: 0,
      chargingProfile: {
        id: 1,
        stackLevel: 0,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule: [{ id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: PERIODS }],
      },
    },
    status: 'Accepted',
  },
  SetDisplayMessage: {
    payload: {
      message: { id: 1, priority: 'InFront', message: { format: 'UTF8', content: 'Namaste' } },
    },
    status: 'Accepted',
  },
  SetMonitoringBase: { payload: { monitoringBase: 'All' }, status: 'Accepted' },
  SetMonitoringLevel: { payload: { severity: 4 }, status: 'Accepted' },
  SetNetworkProfile: {
    payload: {
      configurationSlot: 1,
      connectionData: {
        ocppVersion: 'OCPP20',
        ocppTransport: 'JSON',
        ocppCsmsUrl: 'wss://csms.example/ocpp',
        messageTimeout: 30,
        securityProfile: 2,
        ocppInterface: 'Wired0',
      },
    },
    status: 'Accepted',
  },
  SetVariableMonitoring: {
    payload: {
      setMonitoringData: [{ component, variable, value: 60, type: 'UpperThreshold', severity: 5 }],
    },
  },
  SetVariables: {
    payload: { setVariableData: [{ component, variable, attributeValue: '1' }] },
  },
  TriggerMessage: { payload: { requestedMessage: 'Heartbeat' }, status: 'Accepted' },
  UnlockConnector: { payload: { evseId: 1, connectorId: 1 }, status: 'Unlocked' },
  UnpublishFirmware: { payload: { checksum: 'c'.repeat(32) }, status: 'NoFirmware' },
  UpdateFirmware: {
    payload: { requestId: 7, firmware: { location: 'http://x/y', retrieveDateTime: AT } },
    status: 'Accepted',
  },
};
