import { defineOutbound } from '#shared/ocpp/action.ts';

export const clearCache = defineOutbound('ocpp2.0.1', 'ClearCache', {
  example: {},
});
