import { defineOutbound } from '#shared/ocpp/action.ts';

export const getConfiguration = defineOutbound('ocpp1.6', 'GetConfiguration', {
  example: { key: ['HeartbeatInterval'] },
});
