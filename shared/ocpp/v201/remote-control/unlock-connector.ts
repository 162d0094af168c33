import { defineOutbound } from '#shared/ocpp/action.ts';

export const unlockConnector = defineOutbound('ocpp2.0.1', 'UnlockConnector', {
  example: { evseId: 1, connectorId: 1 },
});
