import { defineOutbound } from '#shared/ocpp/action.ts';
import { AvailabilityInput } from '#shared/ocpp/inputs/neutral-input.ts';
import { evseOf } from '#shared/ocpp/v201/evse-of.ts';

const words = { operative: 'Operative', inoperative: 'Inoperative' } as const;

/**
 * Opens or closes a connector, an EVSE or the station. `Scheduled`: once the transaction there has
 * ended (G03, G04).
 */
export const changeAvailability = defineOutbound('ocpp2.0.1', 'ChangeAvailability', {
  command: 'change_availability',
  example: { operationalStatus: 'Inoperative' },
  toRequest(input) {
    const { availability, ...place } = AvailabilityInput.parse(input);
    return {
      operationalStatus: words[availability],
      ...evseOf(place),
    };
  },
});
