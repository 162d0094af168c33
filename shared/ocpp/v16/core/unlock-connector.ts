import { defineOutbound } from '#shared/ocpp/action.ts';

export const unlockConnector = defineOutbound('ocpp1.6', 'UnlockConnector', {
  example: { connectorId: 1 },
});
