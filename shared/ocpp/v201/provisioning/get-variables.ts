import { withoutSecret } from '#shared/configuration/secret-names.ts';
import type { Told } from '#shared/configuration/variable.ts';
import { defineOutbound } from '#shared/ocpp/action.ts';
import {
  componentNameOf,
  ReadConfigurationInput,
} from '#shared/ocpp/inputs/configuration-input.ts';
import { notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';
import { attributes, componentOf, refOf, variableOf } from '#shared/ocpp/v201/variables.ts';

const refusals = {
  Rejected: 'rejected',
  UnknownComponent: 'unknown',
  UnknownVariable: 'unknown',
  NotSupportedAttributeType: 'not_supported',
} as const;

/** Named variables, as they stand, kept here (2.0.1 B06). */
export const getVariables = defineOutbound('ocpp2.0.1', 'GetVariables', {
  command: 'read_configuration',
  fits: ({ what }) => what === 'items',
  example: {
    getVariableData: [
      { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
    ],
  },
  toRequest(input) {
    const asked = ReadConfigurationInput.parse(input);
    if (asked.what !== 'items') throw notInThisVersion('GetVariables needs names.');
    return {
      getVariableData: asked.items.map((ref) => ({
        component: componentOf(componentNameOf(ref), ref),
        variable: variableOf(ref),
      })),
    };
  },
  outcomeOf({ getVariableResult }) {
    const told: Told[] = [];
    const refused: object[] = [];
    for (const result of getVariableResult) {
      const { attributeStatus: status, attributeType = 'Actual', attributeValue } = result;
      if (status === 'Accepted')
        told.push(
          withoutSecret({
            ...refOf(result),
            facts: { [attributes[attributeType]]: attributeValue ?? '' },
          }),
        );
      else refused.push({ ...refOf(result), outcome: refusals[status] });
    }
    return { status: 'completed', outcome: 'read', data: { told, refused } };
  },
});
