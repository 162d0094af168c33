import type { ChargerSpec } from '#simulator/charger-spec.ts';

type DataType = 'string' | 'integer' | 'boolean' | 'decimal' | 'OptionList' | 'MemberList';

/** One variable of the device model. `path` is its name in the charger's memory. */
export type ModelVariable = {
  path: string;
  component: { name: string; evse?: { id: number; connectorId?: number } };
  variable: { name: string; instance?: string };
  value: string;
  mutability: 'ReadOnly' | 'ReadWrite' | 'WriteOnly';
  dataType: DataType;
  unit?: string;
};

const MEASURANDS = 'Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,SoC';

/** Written as `Component.Variable[Instance]`. */
function variable(
  path: string,
  value: string,
  dataType: DataType,
  mutability: ModelVariable['mutability'] = 'ReadWrite',
  unit?: string,
): ModelVariable {
  const [component = '', rest = ''] = path.split('.');
  const [name = '', instance] = rest.replace(']', '').split('[');
  return {
    path,
    component: { name: component },
    variable: { name, ...(instance ? { instance } : {}) },
    value,
    mutability,
    dataType,
    ...(unit ? { unit } : {}),
  };
}

const CONTROLLERS: readonly ModelVariable[] = [
  variable('AuthCtrlr.AuthorizeRemoteStart', 'false', 'boolean'),
  variable('AuthCtrlr.LocalAuthorizeOffline', 'true', 'boolean'),
  variable('AuthCtrlr.LocalPreAuthorize', 'false', 'boolean'),
  variable('AuthCtrlr.OfflineTxForUnknownIdEnabled', 'false', 'boolean'),
  variable('ClockCtrlr.TimeSource', 'Heartbeat', 'MemberList', 'ReadOnly'),
  variable('OCPPCommCtrlr.HeartbeatInterval', '300', 'integer', 'ReadWrite', 's'),
  variable(
    'OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]',
    '60',
    'integer',
    'ReadWrite',
    's',
  ),
  variable('OCPPCommCtrlr.MessageAttempts[TransactionEvent]', '3', 'integer'),
  variable('OCPPCommCtrlr.MessageTimeout[Default]', '30', 'integer', 'ReadOnly', 's'),
  variable('OCPPCommCtrlr.WebSocketPingInterval', '60', 'integer', 'ReadWrite', 's'),
  variable('SampledDataCtrlr.TxUpdatedInterval', '60', 'integer', 'ReadWrite', 's'),
  variable('SampledDataCtrlr.TxUpdatedMeasurands', MEASURANDS, 'MemberList'),
  variable('SecurityCtrlr.BasicAuthPassword', '', 'string', 'WriteOnly'),
  variable('SecurityCtrlr.SecurityProfile', '1', 'integer', 'ReadOnly'),
  variable('TxCtrlr.EVConnectionTimeOut', '60', 'integer', 'ReadWrite', 's'),
  variable('TxCtrlr.StopTxOnEVSideDisconnect', 'true', 'boolean', 'ReadOnly'),
  variable('TxCtrlr.StopTxOnInvalidId', 'true', 'boolean'),
  variable('TxCtrlr.TxStartPoint', 'PowerPathClosed', 'MemberList', 'ReadOnly'),
  variable('TxCtrlr.TxStopPoint', 'Authorized,EVConnected', 'MemberList', 'ReadOnly'),
];

/** The whole device model of a station: its controllers, itself, its EVSEs. */
export function deviceModel(spec: ChargerSpec): ModelVariable[] {
  return [
    ...CONTROLLERS,
    variable('ChargingStation.Model', spec.model, 'string', 'ReadOnly'),
    variable('ChargingStation.VendorName', spec.vendor, 'string', 'ReadOnly'),
    variable('ChargingStation.SerialNumber', spec.serialNumber, 'string', 'ReadOnly'),
    variable('ChargingStation.FirmwareVersion', spec.firmwareVersion, 'string', 'ReadOnly'),
    ...spec.connectors.flatMap(({ id, powerKw, plug }) => {
      const watts = String(powerKw * 1000);
      const power = variable(`EVSE#${id}.Power`, watts, 'decimal', 'ReadOnly', 'W');
      const type = variable(`Connector#${id}.ConnectorType`, plugType(plug), 'string', 'ReadOnly');
      return [
        { ...power, component: { name: 'EVSE', evse: { id } } },
        { ...type, component: { name: 'Connector', evse: { id, connectorId: 1 } } },
      ];
    }),
  ];
}

const plugType = (plug: 'Type2' | 'CCS2'): string => (plug === 'CCS2' ? 'cCCS2' : 'sType2');

export const factoryModel = (spec: ChargerSpec): Record<string, string> =>
  Object.fromEntries(deviceModel(spec).map(({ path, value }) => [path, value]));

export function isFittingValue({ path, dataType }: ModelVariable, value: string): boolean {
  if (dataType === 'integer') return /^\d{1,9}$/.test(value);
  if (dataType === 'boolean') return /^(true|false)$/i.test(value);
  if (path === 'SecurityCtrlr.BasicAuthPassword') return /^.{16,40}$/.test(value);
  if (path === 'SampledDataCtrlr.TxUpdatedMeasurands') {
    return value.split(',').every((one) => one === '' || MEASURANDS.split(',').includes(one));
  }
  return true;
}
