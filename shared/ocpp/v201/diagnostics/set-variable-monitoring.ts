import { defineOutbound } from '#shared/ocpp/action.ts';
import { componentNameOf, WriteMonitorsInput } from '#shared/ocpp/inputs/configuration-input.ts';
import { monitorTypeOf, monitorTypes } from '#shared/ocpp/v201/monitor-words.ts';
import { componentOf, refOf, variableOf } from '#shared/ocpp/v201/variables.ts';

const outcomes = {
  Accepted: 'accepted',
  UnknownComponent: 'unknown',
  UnknownVariable: 'unknown',
  UnsupportedMonitorType: 'not_supported',
  Rejected: 'rejected',
  Duplicate: 'duplicate',
} as const;

/** Sets monitors; one with an id replaces that one (2.0.1 N04). */
export const setVariableMonitoring = defineOutbound('ocpp2.0.1', 'SetVariableMonitoring', {
  command: 'write_monitors',
  capability: 'monitors',
  example: {
    setMonitoringData: [
      {
        value: 70,
        type: 'UpperThreshold',
        severity: 2,
        component: { name: 'ChargingStation' },
        variable: { name: 'Temperature' },
      },
    ],
  },
  toRequest: (input) => ({
    setMonitoringData: WriteMonitorsInput.parse(input).monitors.map((one) => ({
      ...(one.id === undefined ? {} : { id: one.id }),
      transaction: one.transaction_only,
      value: one.value,
      type: monitorTypes[one.type],
      severity: one.severity,
      component: componentOf(componentNameOf(one), one),
      variable: variableOf(one),
    })),
  }),
  outcomeOf: ({ setMonitoringResult }) => ({
    status: 'completed',
    outcome: 'answered',
    data: {
      results: setMonitoringResult.map((result) => ({
        ref: refOf(result),
        type: monitorTypeOf[result.type],
        severity: result.severity,
        id: result.id ?? null,
        outcome: outcomes[result.status],
        reason: result.statusInfo?.additionalInfo ?? null,
      })),
    },
  }),
});
