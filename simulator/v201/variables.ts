import * as z from 'zod';
import { reconnectSoon, rescheduleHeartbeat } from '#simulator/charging/registration.ts';
import { rescheduleSamples } from '#simulator/charging/session.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { variableText } from '#simulator/settings.ts';
import type { Turn } from '#simulator/turn.ts';
import { ComponentAddress, findVariable, VariableAddress } from '#simulator/v201/model/address.ts';
import { isFittingValue } from '#simulator/v201/model/device-model.ts';
import { liveValue } from '#simulator/v201/model/live-value.ts';
import { attributePath, type ModelVariable } from '#simulator/v201/model/model-variable.ts';

const Address = z.object({
  attributeType: z.enum(['Actual', 'Target', 'MinSet', 'MaxSet']).optional(),
  component: ComponentAddress,
  variable: VariableAddress,
});
type Address = z.infer<typeof Address>;

const GetVariables = z.object({ getVariableData: z.array(Address).min(1) });

export const getVariables = answer(GetVariables, (turn, { getVariableData }) => ({
  getVariableResult: getVariableData.map((address) => {
    const found = look(turn, address);
    if (typeof found === 'string') return { ...address, attributeStatus: found };
    if (found.mutability === 'WriteOnly') return { ...address, attributeStatus: 'Rejected' };
    const attributeValue = attributeValueOf(turn, found, address.attributeType).slice(0, 2500);
    return { ...address, attributeStatus: 'Accepted', attributeValue };
  }),
}));

const attributeValueOf = (
  turn: Turn,
  { path }: ModelVariable,
  type: Address['attributeType'] = 'Actual',
) => (type === 'Actual' ? liveValue(turn, path) : variableText(turn, attributePath(path, type)));

const SetVariables = z.object({
  setVariableData: z.array(Address.extend({ attributeValue: z.string().max(1000) })).min(1),
});

export const setVariables = answer(SetVariables, (turn, { setVariableData }) => ({
  setVariableResult: setVariableData.map(({ attributeValue, ...address }) => ({
    ...address,
    attributeStatus: change(turn, address, attributeValue),
  })),
}));

/** The other attributes of a variable that only shows can be set: they are what it is steered by. */
function change(turn: Turn, address: Address, value: string): string {
  const found = look(turn, address);
  if (typeof found === 'string') return found;
  const type = address.attributeType ?? 'Actual';
  const isFixed = type === 'Actual' && found.mutability === 'ReadOnly';
  if (isFixed || !isFittingValue(found, value)) return 'Rejected';
  turn.state.variables[attributePath(found.path, type)] = value;
  if (type === 'Actual') takeEffect(turn, found.path);
  return found.needsReboot ? 'RebootRequired' : 'Accepted';
}

function takeEffect(turn: Turn, path: string): void {
  if (path === 'OCPPCommCtrlr.HeartbeatInterval') rescheduleHeartbeat(turn);
  if (path === 'SampledDataCtrlr.TxUpdatedInterval') rescheduleSamples(turn);
  if (path !== 'SecurityCtrlr.BasicAuthPassword') return;
  reconnectSoon(turn);
  if (turn.state.options.securityEvents) {
    recordSecurityEvent(turn, 'ReconfigurationOfSecurityParameters', path);
  }
}

function look({ state }: Turn, { component, variable, attributeType = 'Actual' }: Address) {
  const found = findVariable(state.spec, component, variable);
  if (typeof found === 'string' || attributeType === 'Actual') return found;
  return found.others?.[attributeType] === undefined ? 'NotSupportedAttributeType' : found;
}
