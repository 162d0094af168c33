import * as z from 'zod';

const Instant = z.number();

/** What a charger tells of an update, in the words both versions share. */
export const FirmwareStatus = z.enum([
  'Idle',
  'DownloadScheduled',
  'Downloading',
  'Downloaded',
  'DownloadFailed',
  'SignatureVerified',
  'InvalidSignature',
  'InstallScheduled',
  'Installing',
  'InstallRebooting',
  'Installed',
  'InstallationFailed',
]);
export type FirmwareStatus = z.infer<typeof FirmwareStatus>;

/** A firmware update under way. */
export const FirmwareJob = z.object({
  requestId: z.int().nullable(),
  /** The 1.6 security extension has messages of its own for signed updates. */
  signed: z.boolean(),
  url: z.string(),
  installAt: Instant.nullable(),
  retriesLeft: z.int(),
  retryMs: z.number(),
  signingCertificate: z.string().nullable(),
  signature: z.string().nullable(),
  phase: z.enum([
    'waiting_to_download',
    'downloading',
    'checking',
    'waiting_to_install',
    'installing',
    'rebooting',
  ]),
  dueAt: Instant,
  status: FirmwareStatus,
  /** Of the file that was downloaded. */
  version: z.string().nullable(),
  signatureValid: z.boolean().nullable(),
});
export type FirmwareJob = z.infer<typeof FirmwareJob>;

/** A firmware image fetched to be handed on to other stations of the site (2.0.1). */
export const PublishJob = z.object({
  requestId: z.int(),
  url: z.string(),
  checksum: z.string(),
  retriesLeft: z.int(),
  retryMs: z.number(),
  phase: z.enum(['waiting', 'downloading', 'checked']),
  dueAt: Instant,
  status: z.string(),
});
export type PublishJob = z.infer<typeof PublishJob>;
