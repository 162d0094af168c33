import { defineOutbound } from '#shared/ocpp/action.ts';
import {
  componentNameOf,
  ReadConfigurationInput,
} from '#shared/ocpp/inputs/configuration-input.ts';
import { notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';
import { reportOutcome } from '#shared/ocpp/v201/report-outcome.ts';
import { componentOf, variableOf } from '#shared/ocpp/v201/variables.ts';

const words = {
  active: 'Active',
  available: 'Available',
  enabled: 'Enabled',
  problem: 'Problem',
} as const;

/** Variables of some components, or of those in some state; they come in NotifyReport (2.0.1 B08). */
export const getReport = defineOutbound('ocpp2.0.1', 'GetReport', {
  command: 'read_configuration',
  capability: 'device_model',
  fits: ({ what }) => what === 'components',
  example: { requestId: 5, componentCriteria: ['Problem'] },
  toRequest(input) {
    const asked = ReadConfigurationInput.parse(input);
    if (asked.what !== 'components') throw notInThisVersion('A report is of components.');
    const componentVariable = asked.components.map(({ name, instance, ...ref }) => ({
      component: componentOf(componentNameOf({ ...ref, name }), ref),
      ...(name === null ? {} : { variable: variableOf({ name, instance }) }),
    }));
    const componentCriteria = asked.criteria.map((word) => words[word]);
    return {
      requestId: asked.request_number,
      ...(componentVariable.length > 0 ? { componentVariable } : {}),
      ...(componentCriteria.length > 0 ? { componentCriteria } : {}),
    };
  },
  outcomeOf: reportOutcome,
});
