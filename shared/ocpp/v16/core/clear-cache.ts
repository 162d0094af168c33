import { defineOutbound } from '#shared/ocpp/action.ts';

/** The charger forgets whom it let charge before. */
export const clearCache = defineOutbound('ocpp1.6', 'ClearCache', {
  command: 'clear_cache',
  example: {},
  toRequest: () => ({}),
});
