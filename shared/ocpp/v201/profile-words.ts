import type { LimitSource, ProfilePurpose } from '#shared/smart-charging/charging-profile.ts';

export const purposeName = {
  charger_max: 'ChargingStationMaxProfile',
  default: 'TxDefaultProfile',
  session: 'TxProfile',
  external: 'ChargingStationExternalConstraints',
} as const;

export const purposeOf = {
  ChargingStationMaxProfile: 'charger_max',
  TxDefaultProfile: 'default',
  TxProfile: 'session',
  ChargingStationExternalConstraints: 'external',
} as const satisfies Record<string, ProfilePurpose>;

export const sourceOf = {
  CSO: 'operator',
  EMS: 'ems',
  SO: 'grid_operator',
  Other: 'other',
} as const satisfies Record<string, LimitSource>;
