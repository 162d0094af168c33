import { defineOutbound } from '#shared/ocpp/action.ts';

export const reset = defineOutbound('ocpp1.6', 'Reset', {
  example: { type: 'Soft' },
});
