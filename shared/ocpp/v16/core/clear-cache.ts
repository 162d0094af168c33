import { defineOutbound } from '#shared/ocpp/action.ts';

export const clearCache = defineOutbound('ocpp1.6', 'ClearCache', {
  command: 'clear_cache',
  example: {},
  toRequest: () => ({}),
});
