import type { FirmwareJob, FirmwareStatus } from '#simulator/firmware/firmware-job.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

/** Takes a job to its next phase, telling the platform of the status it reached. */
export function moveFirmware(
  turn: Turn,
  job: FirmwareJob,
  change: Partial<FirmwareJob> & { status?: FirmwareStatus },
): FirmwareJob {
  const moved = { ...job, ...change };
  keep(turn.state, { firmware: moved });
  if (change.status) turn.dialect.notices.firmware(turn, moved, change.status);
  return moved;
}

/** Ends a job with a last status, which is remembered until the next one [for TriggerMessage]. */
export function endFirmware(turn: Turn, job: FirmwareJob, status: FirmwareStatus): void {
  turn.dialect.notices.firmware(turn, { ...job, status }, status);
  keep(turn.state, { firmware: null });
}

/** The platform took our boot with the new firmware: the update is done. */
export function firmwareCameUp(turn: Turn): void {
  const { firmware } = turn.state.store;
  if (firmware?.phase !== 'rebooting') return;
  endFirmware(turn, firmware, 'Installed');
  recordSecurityEvent(turn, 'FirmwareUpdated', turn.state.spec.firmwareVersion);
}
