import { defineOutbound } from '#shared/ocpp/action.ts';
import {
  componentNameOf,
  WriteConfigurationInput,
} from '#shared/ocpp/inputs/configuration-input.ts';
import { componentOf, refOf, variableOf } from '#shared/ocpp/v201/variables.ts';

const outcomes = {
  Accepted: 'accepted',
  Rejected: 'rejected',
  RebootRequired: 'reboot_required',
  UnknownComponent: 'unknown',
  UnknownVariable: 'unknown',
  NotSupportedAttributeType: 'not_supported',
} as const;

/** Several variables at once, each with a result of its own, kept here when accepted (2.0.1 B05). */
export const setVariables = defineOutbound('ocpp2.0.1', 'SetVariables', {
  command: 'write_configuration',
  example: {
    setVariableData: [
      {
        component: { name: 'OCPPCommCtrlr' },
        variable: { name: 'HeartbeatInterval' },
        attributeValue: '300',
      },
    ],
  },
  toRequest: (input) => ({
    setVariableData: WriteConfigurationInput.parse(input).items.map((item) => ({
      component: componentOf(componentNameOf(item), item),
      variable: variableOf(item),
      attributeValue: item.value,
    })),
  }),
  outcomeOf({ setVariableResult }) {
    const results = setVariableResult.map((result) => ({
      ref: refOf(result),
      outcome: outcomes[result.attributeStatus],
      reason: result.attributeStatusInfo?.additionalInfo ?? null,
    }));
    return { status: 'completed', outcome: 'answered', data: { results } };
  },
});
