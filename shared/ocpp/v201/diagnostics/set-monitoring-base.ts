import { defineOutbound } from '#shared/ocpp/action.ts';
import { MonitoringBaseInput } from '#shared/ocpp/inputs/configuration-input.ts';

const words = {
  all: 'All',
  factory_default: 'FactoryDefault',
  hard_wired_only: 'HardWiredOnly',
} as const;

/** Which of the monitors it was made with a charger keeps (2.0.1 N03). */
export const setMonitoringBase = defineOutbound('ocpp2.0.1', 'SetMonitoringBase', {
  command: 'set_monitoring_base',
  capability: 'monitors',
  example: { monitoringBase: 'All' },
  toRequest: (input) => ({ monitoringBase: words[MonitoringBaseInput.parse(input).base] }),
});
