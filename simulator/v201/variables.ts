import * as z from 'zod';
import type { ChargerState } from '#simulator/charger-state.ts';
import { rescheduleHeartbeat } from '#simulator/charging/registration.ts';
import { rescheduleSamples } from '#simulator/charging/session.ts';
import { answer } from '#simulator/rpc/answer.ts';
import type { Turn } from '#simulator/turn.ts';
import { deviceModel, isFittingValue, type ModelVariable } from '#simulator/v201/device-model.ts';

const Address = z.object({
  attributeType: z.enum(['Actual', 'Target', 'MinSet', 'MaxSet']).optional(),
  component: z.object({
    name: z.string().max(50),
    instance: z.string().max(50).optional(),
    evse: z.object({ id: z.int(), connectorId: z.int().optional() }).optional(),
  }),
  variable: z.object({ name: z.string().max(50), instance: z.string().max(50).optional() }),
});
type Address = z.infer<typeof Address>;

type Refusal = 'UnknownComponent' | 'UnknownVariable' | 'NotSupportedAttributeType';

const GetVariables = z.object({ getVariableData: z.array(Address).min(1) });

export const getVariables = answer(GetVariables, ({ state }, { getVariableData }) => ({
  getVariableResult: getVariableData.map((address) => {
    const found = look(state, address);
    if (typeof found === 'string') return { ...address, attributeStatus: found };
    if (found.mutability === 'WriteOnly') return { ...address, attributeStatus: 'Rejected' };
    const attributeValue = state.variables[found.path] ?? '';
    return { ...address, attributeStatus: 'Accepted', attributeValue };
  }),
}));

const SetVariables = z.object({
  setVariableData: z.array(Address.extend({ attributeValue: z.string().max(1000) })).min(1),
});

export const setVariables = answer(SetVariables, (turn, { setVariableData }) => ({
  setVariableResult: setVariableData.map(({ attributeValue, ...address }) => ({
    ...address,
    attributeStatus: change(turn, address, attributeValue),
  })),
}));

function change(turn: Turn, address: Address, value: string): string {
  const found = look(turn.state, address);
  if (typeof found === 'string') return found;
  if (found.mutability === 'ReadOnly' || !isFittingValue(found, value)) return 'Rejected';
  turn.state.variables[found.path] = value;
  if (found.path === 'OCPPCommCtrlr.HeartbeatInterval') rescheduleHeartbeat(turn);
  if (found.path === 'SampledDataCtrlr.TxUpdatedInterval') rescheduleSamples(turn);
  return 'Accepted';
}

/** Finds a variable by component, EVSE and name, or says what is missing. Names ignore case. */
function look(
  { spec }: ChargerState,
  { component, variable, attributeType }: Address,
): ModelVariable | Refusal {
  const ofComponent = deviceModel(spec).filter(
    (one) =>
      same(one.component.name, component.name) &&
      component.instance === undefined &&
      one.component.evse?.id === component.evse?.id &&
      (component.evse?.connectorId ?? one.component.evse?.connectorId) ===
        one.component.evse?.connectorId,
  );
  if (ofComponent.length === 0) return 'UnknownComponent';
  const found = ofComponent.find(
    (one) =>
      same(one.variable.name, variable.name) &&
      same(one.variable.instance ?? '', variable.instance ?? ''),
  );
  if (!found) return 'UnknownVariable';
  return (attributeType ?? 'Actual') === 'Actual' ? found : 'NotSupportedAttributeType';
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
