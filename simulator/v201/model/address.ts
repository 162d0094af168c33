import * as z from 'zod';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import { deviceModel } from '#simulator/v201/model/device-model.ts';
import type { ModelVariable } from '#simulator/v201/model/model-variable.ts';

export const ComponentAddress = z.object({
  name: z.string().max(50),
  instance: z.string().max(50).optional(),
  evse: z.object({ id: z.int(), connectorId: z.int().optional() }).optional(),
});
type ComponentAddress = z.infer<typeof ComponentAddress>;

export const VariableAddress = z.object({
  name: z.string().max(50),
  instance: z.string().max(50).optional(),
});

/** Names are told apart without regard to case [2.0.1 part 2 section 4]. */
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether a variable belongs to this component; one without EVSE stands for itself alone. */
const isOf = (one: ModelVariable, { name, instance, evse }: ComponentAddress): boolean =>
  same(one.component.name, name) &&
  instance === undefined &&
  one.component.evse?.id === evse?.id &&
  (evse?.connectorId ?? one.component.evse?.connectorId) === one.component.evse?.connectorId;

/** The variables of all components of a name, on every EVSE where none is said. */
export const ofComponents = (spec: ChargerSpec, address: ComponentAddress): ModelVariable[] =>
  deviceModel(spec).filter((one) =>
    address.evse ? isOf(one, address) : same(one.component.name, address.name) && !address.instance,
  );

export const isNamed = (
  { variable }: ModelVariable,
  { name, instance }: z.infer<typeof VariableAddress>,
): boolean => same(variable.name, name) && (!instance || same(variable.instance ?? '', instance));

/** Finds a variable by component, EVSE and name, or says what is missing. */
export function findVariable(
  spec: ChargerSpec,
  component: ComponentAddress,
  variable: z.infer<typeof VariableAddress>,
): ModelVariable | 'UnknownComponent' | 'UnknownVariable' {
  const ofComponent = deviceModel(spec).filter((one) => isOf(one, component));
  if (ofComponent.length === 0) return 'UnknownComponent';
  const found = ofComponent.find(
    (one) =>
      same(one.variable.name, variable.name) &&
      same(one.variable.instance ?? '', variable.instance ?? ''),
  );
  return found ?? 'UnknownVariable';
}
