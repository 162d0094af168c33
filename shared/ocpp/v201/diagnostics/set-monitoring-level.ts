import { defineOutbound } from '#shared/ocpp/action.ts';
import { MonitoringLevelInput } from '#shared/ocpp/inputs/configuration-input.ts';

/** From which severity on a charger tells what its monitors notice (2.0.1 N05). */
export const setMonitoringLevel = defineOutbound('ocpp2.0.1', 'SetMonitoringLevel', {
  command: 'set_monitoring_level',
  capability: 'monitors',
  example: { severity: 5 },
  toRequest: (input) => ({ severity: MonitoringLevelInput.parse(input).level }),
});
