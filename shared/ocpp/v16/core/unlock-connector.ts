import { defineOutbound } from '#shared/ocpp/action.ts';
import { UnlockInput } from '#shared/ocpp/inputs/neutral-input.ts';

/** Lets go of a cable; a transaction there ends first. */
export const unlockConnector = defineOutbound('ocpp1.6', 'UnlockConnector', {
  command: 'unlock_connector',
  example: { connectorId: 1 },
  toRequest: (input) => ({ connectorId: UnlockInput.parse(input).connector }),
});
