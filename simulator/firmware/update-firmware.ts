import type { ChargerState } from '#simulator/charger-state.ts';
import { rebootForFirmware } from '#simulator/charging/reboot.ts';
import type { FirmwareJob } from '#simulator/firmware/firmware-job.ts';
import { endFirmware, moveFirmware } from '#simulator/firmware/firmware-status.ts';
import type { DownloadedFile } from '#simulator/input.ts';
import { recordSecurityEvent } from '#simulator/logs/security-events.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

/** After so long a download counts as failed, whatever became of it. */
export const DOWNLOAD_PATIENCE_MS = 600_000;

type NewFirmware = Pick<
  FirmwareJob,
  | 'requestId'
  | 'signed'
  | 'url'
  | 'installAt'
  | 'retriesLeft'
  | 'retryMs'
  | 'signingCertificate'
  | 'signature'
> & { retrieveAt: number };

/** Begins an update, in the place of one that is not being installed yet [2.0.1 L01.FR.24]. */
export function updateFirmware(
  turn: Turn,
  { retrieveAt, ...wanted }: NewFirmware,
): 'Accepted' | 'AcceptedCanceled' | 'Rejected' {
  const before = turn.state.store.firmware;
  if (before?.phase === 'installing' || before?.phase === 'rebooting') return 'Rejected';
  const job: FirmwareJob = {
    ...wanted,
    phase: 'waiting_to_download',
    dueAt: retrieveAt,
    status: 'Idle',
    version: null,
    signatureValid: null,
  };
  keep(turn.state, { firmware: job });
  if (retrieveAt > turn.now) moveFirmware(turn, job, { status: 'DownloadScheduled' });
  return before ? 'AcceptedCanceled' : 'Accepted';
}

/** Takes an update through the stages whose time has come. */
export function tendFirmware(turn: Turn): void {
  const { state, now } = turn;
  const job = state.store.firmware;
  if (!job || job.dueAt > now) return;
  STAGES[job.phase](turn, job);
}

/** What is done when the time of a phase is over. */
const STAGES: Record<FirmwareJob['phase'], (turn: Turn, job: FirmwareJob) => void> = {
  waiting_to_download: beginDownload,
  downloading: downloadFailed,
  checking: check,
  waiting_to_install: beginInstallation,
  installing: restart,
  rebooting: () => {},
};

function beginDownload(turn: Turn, job: FirmwareJob): void {
  moveFirmware(turn, job, {
    phase: 'downloading',
    status: 'Downloading',
    dueAt: turn.now + DOWNLOAD_PATIENCE_MS,
  });
  const { url, signingCertificate, signature } = job;
  turn.outputs.push({ type: 'download', job: 'firmware', url, signingCertificate, signature });
}

export function firmwareDownloaded(turn: Turn, file: DownloadedFile | null): void {
  const job = turn.state.store.firmware;
  if (job?.phase !== 'downloading') return;
  if (!file) {
    downloadFailed(turn, job);
    return;
  }
  moveFirmware(turn, job, {
    phase: 'checking',
    status: 'Downloaded',
    dueAt: turn.now + turn.state.options.firmwareStageMs,
    version: file.version ?? `${turn.state.spec.firmwareVersion}+${file.sha256.slice(0, 8)}`,
    signatureValid: file.signatureValid,
  });
}

function downloadFailed(turn: Turn, job: FirmwareJob): void {
  if (job.retriesLeft <= 0) {
    endFirmware(turn, job, 'DownloadFailed');
    return;
  }
  moveFirmware(turn, job, {
    phase: 'waiting_to_download',
    retriesLeft: job.retriesLeft - 1,
    dueAt: turn.now + job.retryMs,
  });
}

/** A wrong signature ends the update and is a security event [2.0.1 L01.FR.03]. */
function check(turn: Turn, job: FirmwareJob): void {
  if (turn.state.options.checkSignatures && job.signatureValid === false) {
    endFirmware(turn, job, 'InvalidSignature');
    recordSecurityEvent(turn, 'InvalidFirmwareSignature', job.url.slice(0, 255));
    return;
  }
  const checked =
    job.signatureValid === null ? job : moveFirmware(turn, job, { status: 'SignatureVerified' });
  const installAt = job.installAt ?? turn.now;
  moveFirmware(turn, checked, {
    phase: 'waiting_to_install',
    dueAt: installAt,
    ...(installAt > turn.now ? { status: 'InstallScheduled' as const } : {}),
  });
}

/** Nobody's charge is cut short for an update [2.0.1 L01.FR.06]. */
function beginInstallation(turn: Turn, job: FirmwareJob): void {
  if (turn.state.connectors.some(({ session }) => session)) return;
  moveFirmware(turn, job, {
    phase: 'installing',
    status: 'Installing',
    dueAt: turn.now + turn.state.options.firmwareStageMs,
  });
}

function restart(turn: Turn, job: FirmwareJob): void {
  const { state } = turn;
  moveFirmware(turn, job, { phase: 'rebooting', status: 'InstallRebooting' });
  const firmwareVersion = (job.version ?? state.spec.firmwareVersion).slice(0, 50);
  state.spec = { ...state.spec, firmwareVersion };
  rebootForFirmware(turn);
}

/** Installing waits for no time but for the connectors to be free. */
export function firmwareDueAt({ store, connectors, now }: ChargerState): number {
  const job = store.firmware;
  if (!job || job.phase === 'rebooting') return Number.POSITIVE_INFINITY;
  const waitsForCars = job.phase === 'waiting_to_install' && job.dueAt <= now;
  return waitsForCars && connectors.some(({ session }) => session)
    ? Number.POSITIVE_INFINITY
    : job.dueAt;
}
