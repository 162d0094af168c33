import { defineOutbound } from '#shared/ocpp/action.ts';

export const setVariables = defineOutbound('ocpp2.0.1', 'SetVariables', {
  example: {
    setVariableData: [
      {
        component: { name: 'OCPPCommCtrlr' },
        variable: { name: 'HeartbeatInterval' },
        attributeValue: '300',
      },
    ],
  },
});
