import type { Outcome } from '#shared/commands/settle-command.ts';
import type { FirmwareReport } from '#shared/firmware/update-progress.ts';

/** What chargers of all versions tell of an update. */
export const firmwareReports = {
  Downloaded: 'downloaded',
  DownloadFailed: 'download_failed',
  Downloading: 'downloading',
  DownloadScheduled: 'download_scheduled',
  DownloadPaused: 'download_paused',
  Idle: 'idle',
  InstallationFailed: 'install_failed',
  Installing: 'installing',
  Installed: 'installed',
  InstallRebooting: 'rebooting',
  InstallScheduled: 'install_scheduled',
  InstallVerificationFailed: 'verification_failed',
  InvalidSignature: 'signature_invalid',
  SignatureVerified: 'signature_verified',
} as const satisfies Record<string, FirmwareReport>;

/** The longest an update may be ahead, and a day more: by then it has ended by its own deadlines. */
export const UPDATE_WITHIN_S = 8 * 86_400;

const REFUSED = {
  Rejected: 'rejected',
  InvalidCertificate: 'invalid_certificate',
  RevokedCertificate: 'revoked_certificate',
} as const;

/** The charger's answer: it agreed, and its notifications will tell the rest, or it would not. */
export function updateOutcome(
  status: 'Accepted' | 'AcceptedCanceled' | keyof typeof REFUSED,
  signed?: boolean,
): Outcome {
  if (status === 'Accepted' || status === 'AcceptedCanceled') {
    const data = signed === undefined ? null : { signed };
    return { status: 'accepted', outcome: 'accepted', followUpSeconds: UPDATE_WITHIN_S, data };
  }
  const reason = `The charger answered ${status}.`;
  return { status: 'rejected', outcome: REFUSED[status], reason };
}
