import type { ModelVariable } from '#simulator/v201/model/model-variable.ts';

/** Component and variable of a path: `Component#evse.Variable[Instance]`. */
export function addressOf(path: string): Pick<ModelVariable, 'component' | 'variable'> {
  const match = /^([^.#]+)(?:#(\d+))?\.([^[]+)(?:\[(.+)\])?$/.exec(path);
  const [, component = path, evse, variable = '', instance] = match ?? [];
  return {
    component: { name: component, ...(evse ? { evse: placeOf(component, Number(evse)) } : {}) },
    variable: { name: variable, ...(instance ? { instance } : {}) },
  };
}

/** Every EVSE of ours has one connector, number 1. */
const placeOf = (component: string, id: number): { id: number; connectorId?: number } =>
  component === 'Connector' ? { id, connectorId: 1 } : { id };
