import type { ChargerSpec } from '#simulator/charger-spec.ts';

/** One configuration key: its factory value, and what may be done with it. */
type ConfigurationKey = {
  name: string;
  value: string;
  access: 'read' | 'write' | 'secret';
  kind: 'text' | 'number' | 'flag' | 'list';
};

const key = (
  name: string,
  value: string,
  kind: ConfigurationKey['kind'],
  access: ConfigurationKey['access'] = 'write',
): ConfigurationKey => ({ name, value, kind, access });

/** The measurands this charger can report. */
export const MEASURANDS = [
  'Energy.Active.Import.Register',
  'Power.Active.Import',
  'Current.Import',
  'Voltage',
  'SoC',
];

export const CONFIGURATION_KEYS: readonly ConfigurationKey[] = [
  key('AllowOfflineTxForUnknownId', 'false', 'flag'),
  key('AuthorizationCacheEnabled', 'true', 'flag'),
  key('AuthorizationKey', '', 'text', 'secret'),
  key('AuthorizeRemoteTxRequests', 'false', 'flag'),
  key('ClockAlignedDataInterval', '0', 'number'),
  key('ConnectionTimeOut', '60', 'number'),
  key('ConnectorPhaseRotation', 'NotApplicable', 'list'),
  key('GetConfigurationMaxKeys', '50', 'number', 'read'),
  key('HeartbeatInterval', '300', 'number'),
  key('LocalAuthorizeOffline', 'true', 'flag'),
  key('LocalPreAuthorize', 'false', 'flag'),
  key('MeterValuesAlignedData', '', 'list'),
  key('MeterValuesSampledData', MEASURANDS.join(','), 'list'),
  key('MeterValueSampleInterval', '60', 'number'),
  key('NumberOfConnectors', '1', 'number', 'read'),
  key('ResetRetries', '1', 'number'),
  key('StopTransactionOnEVSideDisconnect', 'true', 'flag', 'read'),
  key('StopTransactionOnInvalidId', 'true', 'flag'),
  key('StopTxnAlignedData', '', 'list'),
  key('StopTxnSampledData', '', 'list'),
  key('SupportedFeatureProfiles', 'Core,RemoteTrigger', 'list', 'read'),
  key('TransactionMessageAttempts', '3', 'number'),
  key('TransactionMessageRetryInterval', '60', 'number'),
  key('UnlockConnectorOnEVSideDisconnect', 'true', 'flag'),
  key('WebSocketPingInterval', '60', 'number'),
];

/** Keys are looked up without regard to case [1.6 section 7.33: CiString]. */
export const findKey = (name: string): ConfigurationKey | undefined =>
  CONFIGURATION_KEYS.find((one) => one.name.toLowerCase() === name.toLowerCase());

export const factoryConfiguration = ({ connectors }: ChargerSpec): Record<string, string> => ({
  ...Object.fromEntries(CONFIGURATION_KEYS.map(({ name, value }) => [name, value])),
  NumberOfConnectors: String(connectors.length),
});

/** Whether a key can hold a value. */
export function isFitting({ name, kind }: ConfigurationKey, value: string): boolean {
  if (kind === 'number') return /^\d{1,9}$/.test(value);
  if (kind === 'flag') return /^(true|false)$/i.test(value);
  if (name === 'AuthorizationKey') return /^(?:[0-9a-f]{2}){16,20}$/i.test(value);
  if (name === 'MeterValuesSampledData' || name === 'StopTxnSampledData') {
    return value.split(',').every((one) => one === '' || MEASURANDS.includes(one.trim()));
  }
  return true;
}
