import {
  type FirmwareUpdate,
  type FirmwareUpdateStatus,
  hasEnded,
  hasFailed,
} from '#shared/firmware/firmware-update.ts';

/** What a charger tells of an update, whatever it speaks. */
export type FirmwareReport =
  | 'idle'
  | 'download_scheduled'
  | 'downloading'
  | 'download_paused'
  | 'downloaded'
  | 'signature_verified'
  | 'install_scheduled'
  | 'installing'
  | 'rebooting'
  | 'installed'
  | 'download_failed'
  | 'signature_invalid'
  | 'install_failed'
  | 'verification_failed';

/** Where a report brings an update; what says nothing of it brings it nowhere. */
const LEADS_TO: Readonly<Record<FirmwareReport, FirmwareUpdateStatus | undefined>> = {
  idle: undefined,
  download_scheduled: 'sent',
  downloading: 'downloading',
  download_paused: 'downloading',
  downloaded: 'downloaded',
  signature_verified: 'downloaded',
  install_scheduled: 'downloaded',
  installing: 'installing',
  rebooting: 'rebooting',
  installed: 'installed',
  download_failed: 'download_failed',
  signature_invalid: 'signature_invalid',
  install_failed: 'install_failed',
  verification_failed: 'install_failed',
};

/** The way an update goes: forward only, though steps may be left out. */
const WAY: readonly FirmwareUpdateStatus[] = [
  'scheduled',
  'sent',
  'downloading',
  'downloaded',
  'installing',
  'rebooting',
  'installed',
];
const placeOf = (status: FirmwareUpdateStatus) => WAY.indexOf(status);

export const hasBegun = (status: FirmwareUpdateStatus): boolean =>
  placeOf(status) >= placeOf('downloading');

export interface Evidence {
  /** The charger named this very update. Else the report may be an older one's, told again. */
  readonly isNamed: boolean;
  /** The firmware the charger has said it runs. */
  readonly runs: string | null;
}

type Known = Pick<FirmwareUpdate, 'status' | 'started_at' | 'version' | 'previous_version'>;

/**
 * The status a report brings an update to; undefined where it stays as it is. Reports come late, twice,
 * out of order, after a reboot, and in OCPP 1.6 without saying which update they are about: none takes
 * an update back, and a failure is overturned by nothing but success.
 */
export function statusAfter(
  update: Known,
  report: FirmwareReport,
  evidence: Evidence,
): FirmwareUpdateStatus | undefined {
  const next = LEADS_TO[report];
  if (!next || next === update.status) return undefined;
  if (update.status === 'installed' || update.status === 'canceled') return undefined;
  if (next === 'installed') return isBelievable(update, evidence) ? next : undefined;
  if (hasEnded(update.status)) return undefined;
  // Before the charger has agreed, a failure can only be that of the update before.
  if (hasFailed(next)) return update.status === 'scheduled' && !evidence.isNamed ? undefined : next;
  return placeOf(next) > placeOf(update.status) ? next : undefined;
}

/** Success that is told of no update by name must fit what else is known. */
function isBelievable(update: Known, { isNamed, runs }: Evidence): boolean {
  return isNamed || update.started_at !== null || provesInstalled(update, runs);
}

/** What a charger runs tells that the update was done: it has what it should have, and did not before. */
export function provesInstalled(
  { version, previous_version: previous }: Known,
  runs: string | null,
): boolean {
  if (runs === null || runs === previous) return false;
  return version === null ? previous !== null : runs === version;
}
