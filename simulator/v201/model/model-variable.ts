import { addressOf } from '#simulator/v201/model/path.ts';

type DataType =
  | 'string'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'dateTime'
  | 'OptionList'
  | 'SequenceList'
  | 'MemberList';

export type Attribute = 'Actual' | 'Target' | 'MinSet' | 'MaxSet';
type Mutability = 'ReadOnly' | 'ReadWrite' | 'WriteOnly';

/** What there is to say of a variable beside its value. */
type Traits = {
  unit?: string;
  /** The values it can hold, with commas between. */
  values?: string;
  min?: number;
  max?: number;
  canBeMonitored?: boolean;
  /** A new value is in force only after the next start. */
  needsReboot?: boolean;
  /** What its other attributes hold. */
  others?: Partial<Record<Exclude<Attribute, 'Actual'>, string>>;
};

/** One variable of the device model. `path` is its name in the charger's memory. */
export type ModelVariable = {
  path: string;
  component: { name: string; evse?: { id: number; connectorId?: number } };
  variable: { name: string; instance?: string };
  value: string;
  mutability: Mutability;
  dataType: DataType;
} & Traits;

export type Row = readonly [
  path: string,
  value: string,
  dataType: DataType,
  mutability?: Mutability,
  traits?: Traits,
];

export const fromRow = ([
  path,
  value,
  dataType,
  mutability = 'ReadWrite',
  traits,
]: Row): ModelVariable => ({
  path,
  ...addressOf(path),
  value,
  mutability,
  dataType,
  ...traits,
});

/** Where the charger remembers an attribute other than the actual value. */
export const attributePath = (path: string, attribute: Attribute): string =>
  attribute === 'Actual' ? path : `${path}/${attribute}`;
