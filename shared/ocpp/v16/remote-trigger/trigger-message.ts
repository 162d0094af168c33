import { defineOutbound } from '#shared/ocpp/action.ts';

export const triggerMessage = defineOutbound('ocpp1.6', 'TriggerMessage', {
  example: { requestedMessage: 'StatusNotification', connectorId: 1 },
});
