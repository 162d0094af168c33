import { defineOutbound } from '#shared/ocpp/action.ts';
import { NumberedInput } from '#shared/ocpp/inputs/configuration-input.ts';
import { reportOutcome } from '#shared/ocpp/v201/report-outcome.ts';

/** All monitors; they come in NotifyMonitoringReport (2.0.1 N02). */
export const getMonitoringReport = defineOutbound('ocpp2.0.1', 'GetMonitoringReport', {
  command: 'read_monitors',
  capability: 'monitors',
  example: { requestId: 6 },
  toRequest: (input) => ({ requestId: NumberedInput.parse(input).request_number }),
  outcomeOf: reportOutcome,
});
