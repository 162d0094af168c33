import type { ChargerSpec } from '#simulator/charger-spec.ts';
import { CONTROLLERS } from '#simulator/v201/model/controllers.ts';
import { FEATURES } from '#simulator/v201/model/features.ts';
import { fromRow, type ModelVariable, type Row } from '#simulator/v201/model/model-variable.ts';

const COMMON: readonly ModelVariable[] = [...CONTROLLERS, ...FEATURES].map(fromRow);
const BY_PATH = new Map(COMMON.map((one) => [one.path, one]));

const WATCHED = { canBeMonitored: true } as const;
const STATES = 'Available,Occupied,Reserved,Unavailable,Faulted';

/** What a station says of itself; text is filled in where it differs from station to station. */
const stationRows = (spec: ChargerSpec): readonly Row[] => [
  [
    'ChargingStation.AvailabilityState',
    '',
    'OptionList',
    'ReadOnly',
    { values: STATES, ...WATCHED },
  ],
  ['ChargingStation.Available', 'true', 'boolean', 'ReadOnly'],
  ['ChargingStation.FirmwareVersion', spec.firmwareVersion, 'string', 'ReadOnly'],
  ['ChargingStation.Model', spec.model, 'string', 'ReadOnly'],
  ['ChargingStation.Problem', '', 'boolean', 'ReadOnly', WATCHED],
  ['ChargingStation.SerialNumber', spec.serialNumber, 'string', 'ReadOnly'],
  ['ChargingStation.SupplyPhases', '3', 'integer', 'ReadOnly'],
  ['ChargingStation.VendorName', spec.vendor, 'string', 'ReadOnly'],
];

const evseRows = ({ id, powerKw, phases }: ChargerSpec['connectors'][number]): readonly Row[] => [
  [`EVSE#${id}.AllowReset`, 'true', 'boolean', 'ReadOnly'],
  [`EVSE#${id}.AvailabilityState`, '', 'OptionList', 'ReadOnly', { values: STATES, ...WATCHED }],
  [`EVSE#${id}.Available`, 'true', 'boolean', 'ReadOnly'],
  [
    `EVSE#${id}.Power`,
    '',
    'decimal',
    'ReadOnly',
    { unit: 'W', max: powerKw * 1000, ...WATCHED, others: { MaxSet: String(powerKw * 1000) } },
  ],
  [`EVSE#${id}.Problem`, '', 'boolean', 'ReadOnly', WATCHED],
  [`EVSE#${id}.SupplyPhases`, String(phases ?? 0), 'integer', 'ReadOnly'],
];

const connectorRows = ({ id, plug }: ChargerSpec['connectors'][number]): readonly Row[] => [
  [
    `Connector#${id}.AvailabilityState`,
    '',
    'OptionList',
    'ReadOnly',
    { values: STATES, ...WATCHED },
  ],
  [`Connector#${id}.Available`, 'true', 'boolean', 'ReadOnly'],
  [`Connector#${id}.ConnectorType`, PLUGS[plug], 'string', 'ReadOnly'],
  [`Connector#${id}.SupplyPhases`, '3', 'integer', 'ReadOnly'],
];

export const PLUGS = { CCS2: 'cCCS2', Type2: 'sType2' } as const;

const ownModel = (spec: ChargerSpec): ModelVariable[] =>
  [
    ...stationRows(spec),
    ...spec.connectors.flatMap((one) => [...evseRows(one), ...connectorRows(one)]),
  ].map(fromRow);

/** The whole device model of a station: its controllers, itself, its EVSEs. */
export const deviceModel = (spec: ChargerSpec): ModelVariable[] => [...COMMON, ...ownModel(spec)];

/** What a variable, or another attribute of one, leaves the factory with. */
export function factoryValue(spec: ChargerSpec, name: string): string {
  const known = BY_PATH.get(name);
  if (known) return known.value;
  const [path = '', attribute] = name.split('/');
  const found = BY_PATH.get(path) ?? ownModel(spec).find((one) => one.path === path);
  if (attribute === undefined) return found?.value ?? '';
  const other = (['Target', 'MinSet', 'MaxSet'] as const).find((one) => one === attribute);
  return (other && found?.others?.[other]) ?? '';
}

/** Whether a variable can hold a value. */
export function isFittingValue(one: ModelVariable, value: string): boolean {
  const { dataType, values, min, max } = one;
  if (dataType === 'boolean') return /^(true|false)$/i.test(value);
  if (dataType === 'integer' || dataType === 'decimal') {
    const isNumber = dataType === 'integer' ? /^-?\d{1,9}$/ : /^-?\d{1,9}(\.\d+)?$/;
    return (
      isNumber.test(value) && Number(value) >= (min ?? 0) && Number(value) <= (max ?? Infinity)
    );
  }
  if (dataType === 'string') return value.length >= (min ?? 0) && value.length <= (max ?? 1000);
  if (!values || value === '') return true;
  return value.split(',').every((each) => values.split(',').includes(each.trim()));
}
