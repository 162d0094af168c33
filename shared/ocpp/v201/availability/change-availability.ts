import { defineOutbound } from '#shared/ocpp/action.ts';

export const changeAvailability = defineOutbound('ocpp2.0.1', 'ChangeAvailability', {
  example: { operationalStatus: 'Inoperative' },
});
