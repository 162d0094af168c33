import { defineOutbound } from '#shared/ocpp/action.ts';
import { UnlockInput } from '#shared/ocpp/inputs/neutral-input.ts';

/** Lets go of a cable, unless an authorised transaction holds it. */
export const unlockConnector = defineOutbound('ocpp2.0.1', 'UnlockConnector', {
  command: 'unlock_connector',
  example: { evseId: 1, connectorId: 1 },
  toRequest(input) {
    const { evse_id, evse_connector_id } = UnlockInput.parse(input);
    return { evseId: evse_id, connectorId: evse_connector_id };
  },
});
