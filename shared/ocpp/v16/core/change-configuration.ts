import { defineOutbound } from '#shared/ocpp/action.ts';

export const changeConfiguration = defineOutbound('ocpp1.6', 'ChangeConfiguration', {
  example: { key: 'HeartbeatInterval', value: '300' },
});
