import type { ChargerSpec } from '#simulator/charger-spec.ts';
import { MEASURANDS } from '#simulator/physics/samples.ts';

type Kind = 'text' | 'number' | 'flag' | 'list';
/** `reboot`: writable, but in force only after the next start. */
type Access = 'read' | 'write' | 'reboot' | 'secret';

/** One configuration key: its factory value, and what may be done with it. */
type ConfigurationKey = { name: string; value: string; kind: Kind; access: Access };

const PROFILES =
  'Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger';

const rows: readonly (readonly [name: string, value: string, kind: Kind, access?: Access])[] = [
  // Core [1.6 section 9.1]
  ['AllowOfflineTxForUnknownId', 'false', 'flag'],
  ['AuthorizationCacheEnabled', 'true', 'flag'],
  ['AuthorizeRemoteTxRequests', 'false', 'flag'],
  ['BlinkRepeat', '3', 'number'],
  ['ClockAlignedDataInterval', '0', 'number'],
  ['ConnectionTimeOut', '60', 'number'],
  ['ConnectorPhaseRotation', 'NotApplicable', 'list'],
  ['ConnectorPhaseRotationMaxLength', '10', 'number', 'read'],
  ['GetConfigurationMaxKeys', '100', 'number', 'read'],
  ['HeartbeatInterval', '300', 'number'],
  ['LightIntensity', '80', 'number'],
  ['LocalAuthorizeOffline', 'true', 'flag'],
  ['LocalPreAuthorize', 'false', 'flag'],
  ['MaxEnergyOnInvalidId', '0', 'number'],
  ['MeterValuesAlignedData', 'Energy.Active.Import.Register', 'list'],
  ['MeterValuesAlignedDataMaxLength', '10', 'number', 'read'],
  ['MeterValuesSampledData', MEASURANDS.join(','), 'list'],
  ['MeterValuesSampledDataMaxLength', '10', 'number', 'read'],
  ['MeterValueSampleInterval', '60', 'number'],
  ['MinimumStatusDuration', '0', 'number'],
  ['NumberOfConnectors', '1', 'number', 'read'],
  ['ResetRetries', '1', 'number'],
  ['StopTransactionOnEVSideDisconnect', 'true', 'flag', 'read'],
  ['StopTransactionOnInvalidId', 'true', 'flag'],
  ['StopTxnAlignedData', '', 'list'],
  ['StopTxnAlignedDataMaxLength', '10', 'number', 'read'],
  ['StopTxnSampledData', '', 'list'],
  ['StopTxnSampledDataMaxLength', '10', 'number', 'read'],
  ['SupportedFeatureProfiles', PROFILES, 'list', 'read'],
  ['SupportedFeatureProfilesMaxLength', '10', 'number', 'read'],
  ['TransactionMessageAttempts', '3', 'number'],
  ['TransactionMessageRetryInterval', '60', 'number'],
  ['UnlockConnectorOnEVSideDisconnect', 'true', 'flag'],
  ['WebSocketPingInterval', '60', 'number'],
  // Local list, reservation, smart charging, firmware [sections 9.2 to 9.4, and the errata]
  ['LocalAuthListEnabled', 'true', 'flag'],
  ['LocalAuthListMaxLength', '1000', 'number', 'read'],
  ['SendLocalListMaxLength', '100', 'number', 'read'],
  ['ReserveConnectorZeroSupported', 'true', 'flag', 'read'],
  ['ChargeProfileMaxStackLevel', '9', 'number', 'read'],
  ['ChargingScheduleAllowedChargingRateUnit', 'Current,Power', 'list', 'read'],
  ['ChargingScheduleMaxPeriods', '96', 'number', 'read'],
  ['ConnectorSwitch3to1PhaseSupported', 'false', 'flag', 'read'],
  ['MaxChargingProfilesInstalled', '30', 'number', 'read'],
  ['SupportedFileTransferProtocols', 'HTTP,HTTPS', 'list', 'read'],
  // Security extension [whitepaper section 3]
  ['AdditionalRootCertificateCheck', 'false', 'flag', 'read'],
  ['AuthorizationKey', '', 'text', 'secret'],
  ['CertificateSignedMaxChainSize', '10000', 'number', 'read'],
  ['CertificateStoreMaxLength', '20', 'number', 'read'],
  ['CertSigningRepeatTimes', '3', 'number'],
  ['CertSigningWaitMinimum', '60', 'number'],
  ['CpoName', 'Magma', 'text'],
  ['SecurityProfile', '0', 'number'],
  // Of the vendor's own
  ['DisplayLanguage', 'en', 'text', 'reboot'],
];

/** Plug & Charge for 1.6 [application note section 4]: only where it is built in. */
const pncRows: typeof rows = [
  ['CentralContractValidationAllowed', 'true', 'flag'],
  ['ContractValidationOffline', 'false', 'flag'],
  ['ISO15118PnCEnabled', 'true', 'flag'],
];

const keysOf = (from: typeof rows): ConfigurationKey[] =>
  from.map(([name, value, kind, access = 'write']) => ({ name, value, kind, access }));

const STANDARD: readonly ConfigurationKey[] = keysOf(rows);
const WITH_PNC: readonly ConfigurationKey[] = [...STANDARD, ...keysOf(pncRows)];

export const configurationKeys = ({ plugAndCharge }: ChargerSpec): readonly ConfigurationKey[] =>
  plugAndCharge ? WITH_PNC : STANDARD;

/** Keys are looked up without regard to case [1.6 section 7.33: CiString]. */
export const findKey = (spec: ChargerSpec, name: string): ConfigurationKey | undefined =>
  configurationKeys(spec).find((one) => one.name.toLowerCase() === name.toLowerCase());

const FACTORY = new Map(WITH_PNC.map(({ name, value }) => [name, value]));

export const factoryValue = (spec: ChargerSpec, name: string): string =>
  name === 'NumberOfConnectors' ? String(spec.connectors.length) : (FACTORY.get(name) ?? '');

/** Whether a key can hold a value. */
export function isFitting({ name, kind }: ConfigurationKey, value: string): boolean {
  if (kind === 'number') return /^\d{1,9}$/.test(value);
  if (kind === 'flag') return /^(true|false)$/i.test(value);
  if (name === 'AuthorizationKey') return /^(?:[0-9a-f]{2}){16,20}$/i.test(value);
  if (/^(MeterValues|StopTxn)(Sampled|Aligned)Data$/.test(name)) {
    return value.split(',').every((one) => one === '' || MEASURANDS.includes(one.trim()));
  }
  return true;
}
