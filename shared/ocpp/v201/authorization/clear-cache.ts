import { defineOutbound } from '#shared/ocpp/action.ts';

/** The charger forgets whom it let charge before. */
export const clearCache = defineOutbound('ocpp2.0.1', 'ClearCache', {
  command: 'clear_cache',
  example: {},
  toRequest: () => ({}),
});
