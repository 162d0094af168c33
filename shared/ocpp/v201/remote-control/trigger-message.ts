import { defineOutbound } from '#shared/ocpp/action.ts';

export const triggerMessage = defineOutbound('ocpp2.0.1', 'TriggerMessage', {
  example: { requestedMessage: 'Heartbeat' },
});
