import type { Flow } from '#shared/sessions/flow-record.ts';
import type { StopReason } from '#shared/sessions/session.ts';

const reasons: Readonly<Record<string, StopReason>> = {
  DeAuthorized: 'deauthorized',
  EmergencyStop: 'emergency_stop',
  EnergyLimitReached: 'limit_energy',
  EVDisconnected: 'ev_disconnected',
  GroundFault: 'fault',
  ImmediateReset: 'reboot',
  Local: 'local',
  LocalOutOfCredit: 'payment',
  MasterPass: 'local',
  Other: 'other',
  OvercurrentFault: 'fault',
  PowerLoss: 'power_loss',
  PowerQuality: 'fault',
  Reboot: 'reboot',
  Remote: 'remote',
  SOCLimitReached: 'limit_soc',
  StoppedByEV: 'ev_disconnected',
  TimeLimitReached: 'limit_time',
  Timeout: 'other',
};

/** A missing reason means Local (Part 2, StoppedReason). */
export const stopReasonOf = (reason: string | undefined): StopReason =>
  reasons[reason ?? 'Local'] ?? 'other';

/** Plugged in after energy has flowed is the vehicle's pause; before that it is only waiting. */
export function flowOf(chargingState: string | undefined, energyFlowed: boolean): Flow | undefined {
  switch (chargingState) {
    case 'Charging':
      return 'charging';
    case 'SuspendedEV':
      return 'vehicle';
    case 'SuspendedEVSE':
      return 'charger';
    case 'EVConnected':
    case 'Idle':
      return energyFlowed ? 'vehicle' : undefined;
    default:
      return undefined;
  }
}
