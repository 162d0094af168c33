import { defineOutbound } from '#shared/ocpp/action.ts';

export const getVariables = defineOutbound('ocpp2.0.1', 'GetVariables', {
  example: {
    getVariableData: [
      { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
    ],
  },
});
