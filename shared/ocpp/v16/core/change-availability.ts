import { defineOutbound } from '#shared/ocpp/action.ts';

export const changeAvailability = defineOutbound('ocpp1.6', 'ChangeAvailability', {
  example: { connectorId: 1, type: 'Inoperative' },
});
