import type { FirmwareStatus } from '#simulator/firmware/firmware-job.ts';

/** The unsigned update knows only seven words; null where it has none and stays silent [1.6 section 7.25]. */
const PLAIN: Record<FirmwareStatus, string | null> = {
  Idle: 'Idle',
  DownloadScheduled: null,
  Downloading: 'Downloading',
  Downloaded: 'Downloaded',
  DownloadFailed: 'DownloadFailed',
  SignatureVerified: null,
  InvalidSignature: 'InstallationFailed',
  InstallScheduled: null,
  Installing: 'Installing',
  InstallRebooting: null,
  Installed: 'Installed',
  InstallationFailed: 'InstallationFailed',
};

/** The word for a status, of a signed update or of a plain one. */
export const firmwareWord = (signed: boolean, status: FirmwareStatus): string | null =>
  signed ? status : PLAIN[status];
