import { defineOutbound } from '#shared/ocpp/action.ts';
import { compositeOutcome } from '#shared/ocpp/words/composite-outcome.ts';
import { CompositeInput } from '#shared/smart-charging/composite-schedule.ts';

/** EVSE 0 asks for what the whole station may draw (K08). */
export const getCompositeSchedule = defineOutbound('ocpp2.0.1', 'GetCompositeSchedule', {
  command: 'get_composite_schedule',
  capability: 'smart_charging',
  example: { evseId: 1, duration: 86_400, chargingRateUnit: 'A' },
  toRequest(input) {
    const { evse_id, duration_seconds, unit } = CompositeInput.parse(input);
    return { evseId: evse_id, duration: duration_seconds, chargingRateUnit: unit };
  },
  outcomeOf: ({ status, schedule }) => compositeOutcome(status, schedule),
});
