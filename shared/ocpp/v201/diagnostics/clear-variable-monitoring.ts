import { defineOutbound } from '#shared/ocpp/action.ts';
import { ClearMonitorsInput } from '#shared/ocpp/inputs/configuration-input.ts';

const outcomes = { Accepted: 'accepted', Rejected: 'rejected', NotFound: 'not_found' } as const;

/** Takes monitors away by their numbers (2.0.1 N06). */
export const clearVariableMonitoring = defineOutbound('ocpp2.0.1', 'ClearVariableMonitoring', {
  command: 'clear_monitors',
  capability: 'monitors',
  example: { id: [12] },
  toRequest(input) {
    const [first, ...more] = ClearMonitorsInput.parse(input).ids;
    return { id: [first, ...more] };
  },
  outcomeOf: ({ clearMonitoringResult }) => ({
    status: 'completed',
    outcome: 'answered',
    data: {
      results: clearMonitoringResult.map(({ id, status }) => ({ id, outcome: outcomes[status] })),
    },
  }),
});
