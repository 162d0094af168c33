import { defineOutbound } from '#shared/ocpp/action.ts';
import { compositeOutcome } from '#shared/ocpp/words/composite-outcome.ts';
import { CompositeInput } from '#shared/smart-charging/composite-schedule.ts';

/** Connector 0 asks for what the whole charger may draw. */
export const getCompositeSchedule = defineOutbound('ocpp1.6', 'GetCompositeSchedule', {
  command: 'get_composite_schedule',
  capability: 'smart_charging',
  example: { connectorId: 1, duration: 86_400, chargingRateUnit: 'A' },
  toRequest(input) {
    const { connector, duration_seconds, unit } = CompositeInput.parse(input);
    return { connectorId: connector, duration: duration_seconds, chargingRateUnit: unit };
  },
  outcomeOf: ({ status, scheduleStart, chargingSchedule }) =>
    compositeOutcome(
      status,
      chargingSchedule && {
        ...chargingSchedule,
        scheduleStart: scheduleStart ?? chargingSchedule.startSchedule,
      },
    ),
});
