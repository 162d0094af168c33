import { defineOutbound } from '#shared/ocpp/action.ts';
import { ResetInput } from '#shared/ocpp/inputs/neutral-input.ts';

const types = { soft: 'OnIdle', hard: 'Immediate' } as const;

/**
 * Restarts the station or one EVSE: a soft reset waits until no transaction runs; a hard one ends
 * them (B11, B12).
 */
export const reset = defineOutbound('ocpp2.0.1', 'Reset', {
  command: 'reset',
  example: { type: 'OnIdle' },
  toRequest(input) {
    const { type, evse_id } = ResetInput.parse(input);
    return {
      type: types[type],
      ...(evse_id === undefined ? {} : { evseId: evse_id }),
    };
  },
});
