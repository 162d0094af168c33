import type { Diagnostics } from '#shared/diagnostics/diagnostics.ts';

/** A log that has come, as the documents show one. */
export const diagnosticsExample: Diagnostics = {
  id: 'dia_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN',
  charger_id: 'BLR-014',
  site_id: 'BLR-IND',
  kind: 'diagnostics',
  status: 'uploaded',
  failure_reason: null,
  file_name: 'BLR-014_2026-05-27.tar.gz',
  size_bytes: 482_113,
  oldest_at: '2026-05-26T14:00:00.000Z',
  latest_at: null,
  upload_url: null,
  command_id: 'cmd_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN',
  requested_by: 'key_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  completed_at: '2026-05-27T14:04:51.207Z',
  expires_at: '2026-08-25T14:03:22.000Z',
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T14:04:51.207Z',
  resource_version: 4,
  download_url:
    'https://api.magmapro.in/files/diagnostics/get.1779891202.5w…/main/dia_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN/BLR-014_2026-05-27.tar.gz',
  download_expires_at: '2026-05-27T14:20:00.000Z',
  livemode: true,
};

/** The same as events tell it: links are for who asks. */
export const uploadedExample: Diagnostics = {
  ...diagnosticsExample,
  download_url: null,
  download_expires_at: null,
};

/** One that never came. */
export const failedExample: Diagnostics = {
  ...uploadedExample,
  status: 'failed',
  failure_reason: 'upload_failed',
  file_name: null,
  size_bytes: null,
};
