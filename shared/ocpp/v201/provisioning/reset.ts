import { defineOutbound } from '#shared/ocpp/action.ts';

export const reset = defineOutbound('ocpp2.0.1', 'Reset', {
  example: { type: 'OnIdle' },
});
