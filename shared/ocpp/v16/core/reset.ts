import { defineOutbound } from '#shared/ocpp/action.ts';
import { notInThisVersion, ResetInput } from '#shared/ocpp/inputs/neutral-input.ts';

const types = { soft: 'Soft', hard: 'Hard' } as const;

/** Restarts the charger: gracefully, or at once. */
export const reset = defineOutbound('ocpp1.6', 'Reset', {
  command: 'reset',
  example: { type: 'Soft' },
  toRequest(input) {
    const { type, evse_id } = ResetInput.parse(input);
    if (evse_id !== undefined)
      throw notInThisVersion('OCPP 1.6 resets the whole charger, not one EVSE.');
    return { type: types[type] };
  },
});
