import { defineOutbound } from '#shared/ocpp/action.ts';
import { AvailabilityInput, notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';

const words = { operative: 'Operative', inoperative: 'Inoperative' } as const;

/**
 * Opens or closes a connector, or with 0 the whole charger. `Scheduled`: once the transaction there
 * has ended.
 */
export const changeAvailability = defineOutbound('ocpp1.6', 'ChangeAvailability', {
  command: 'change_availability',
  example: { connectorId: 1, type: 'Inoperative' },
  toRequest(input) {
    const { availability, connector = 0, evse_id } = AvailabilityInput.parse(input);
    if (evse_id !== undefined && connector === 0)
      throw notInThisVersion('OCPP 1.6 knows connectors, not EVSEs.');
    return {
      connectorId: connector,
      type: words[availability],
    };
  },
});
