import type { MonitorType } from '#shared/configuration/monitor.ts';
import type { MonitorEnumType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';

/** The kinds of monitors, to OCPP and back. */
export const monitorTypes = {
  upper_threshold: 'UpperThreshold',
  lower_threshold: 'LowerThreshold',
  delta: 'Delta',
  periodic: 'Periodic',
  periodic_clock_aligned: 'PeriodicClockAligned',
} as const satisfies Record<MonitorType, MonitorEnumType>;

export const monitorTypeOf = {
  UpperThreshold: 'upper_threshold',
  LowerThreshold: 'lower_threshold',
  Delta: 'delta',
  Periodic: 'periodic',
  PeriodicClockAligned: 'periodic_clock_aligned',
} as const satisfies Record<MonitorEnumType, MonitorType>;
