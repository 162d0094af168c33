import type { Facts, VariableRef } from '#shared/configuration/variable.ts';
import type {
  ComponentType,
  DataEnumType,
  VariableCharacteristicsType,
  VariableType,
} from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';

interface Address {
  readonly component: ComponentType;
  readonly variable: VariableType;
}

/** A variable of the device model, in our words. */
export const refOf = ({ component, variable }: Address): VariableRef => ({
  name: variable.name,
  component: component.name,
  component_instance: component.instance ?? null,
  instance: variable.instance ?? null,
  evse_id: component.evse?.id ?? null,
  evse_connector_id: component.evse?.connectorId ?? null,
});

type Place = Omit<VariableRef, 'name' | 'instance' | 'component'>;

export function componentOf(name: string, place: Place): ComponentType {
  const { component_instance: instance, evse_id: id, evse_connector_id: connectorId } = place;
  return {
    name,
    ...(instance === null ? {} : { instance }),
    ...(id === null ? {} : { evse: { id, ...(connectorId === null ? {} : { connectorId }) } }),
  };
}

export const variableOf = ({
  name,
  instance,
}: Pick<VariableRef, 'name' | 'instance'>): VariableType => ({
  name,
  ...(instance === null ? {} : { instance }),
});

const dataTypes = {
  string: 'string',
  decimal: 'decimal',
  integer: 'integer',
  dateTime: 'date_time',
  boolean: 'boolean',
  OptionList: 'option_list',
  SequenceList: 'sequence_list',
  MemberList: 'member_list',
} as const satisfies Record<DataEnumType, Facts['data_type']>;

/** What is said of a variable besides its value. */
export const characteristicsOf = (told: VariableCharacteristicsType | undefined): Facts =>
  told
    ? {
        unit: told.unit,
        data_type: dataTypes[told.dataType],
        values_list: told.valuesList?.split(',').map((one) => one.trim()),
        min_limit: told.minLimit,
        max_limit: told.maxLimit,
        supports_monitoring: told.supportsMonitoring,
      }
    : {};

/** Our word for each attribute of a variable. */
export const attributes = {
  Actual: 'value',
  Target: 'target',
  MinSet: 'min_set',
  MaxSet: 'max_set',
} as const;
