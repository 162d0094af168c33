import type { FirmwareImage } from '#shared/firmware/firmware-image.ts';
import type { FirmwareUpdate } from '#shared/firmware/firmware-update.ts';

/** An image as the documents show one. */
export const imageExample: FirmwareImage = {
  id: 'fwi_01JWA3M7Q5KTJ7W2Z0C4Y6R8HN',
  name: 'MX-EV-22 4.3.0',
  version: '4.3.0',
  vendor_name: 'Magma',
  models: ['MX-EV-22'],
  compatible_versions: ['4.1.0', '4.2.1'],
  file_name: 'mx-ev-22_4.3.0.bin',
  size_bytes: 18_874_368,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  signature: null,
  signing_certificate: null,
  status: 'ready',
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T14:05:40.000Z',
  resource_version: 2,
};

/** An update under way. */
export const updateExample: FirmwareUpdate = {
  id: 'fwu_01JWA4B2X0N8Q6T4Z2C1V3K5MR',
  charger_id: 'BLR-014',
  site_id: 'BLR-IND',
  campaign_id: null,
  firmware_image_id: imageExample.id,
  url: null,
  version: '4.3.0',
  previous_version: '4.2.1',
  signed: false,
  status: 'downloading',
  failure: null,
  command_id: 'cmd_01JWA4B2X1D7F5G3H9J0K2M4NP',
  start_at: null,
  install_at: null,
  started_at: '2026-05-27T14:10:03.412Z',
  ended_at: null,
  reports: [{ at: '2026-05-27T14:10:03.412Z', report: 'downloading' }],
  requested_by: 'key_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  livemode: true,
  created_at: '2026-05-27T14:10:01.000Z',
  updated_at: '2026-05-27T14:10:03.412Z',
  resource_version: 3,
};

/** The same, done. */
export const installedExample: FirmwareUpdate = {
  ...updateExample,
  status: 'installed',
  ended_at: '2026-05-27T14:21:47.003Z',
  reports: [
    ...updateExample.reports,
    { at: '2026-05-27T14:14:30.220Z', report: 'downloaded' },
    { at: '2026-05-27T14:14:31.004Z', report: 'installing' },
    { at: '2026-05-27T14:21:47.003Z', report: 'installed' },
  ],
  updated_at: '2026-05-27T14:21:47.003Z',
  resource_version: 6,
};

/** The same, come to nothing. */
export const failedUpdateExample: FirmwareUpdate = {
  ...updateExample,
  status: 'download_failed',
  failure: { stage: 'download', reason: 'DownloadFailed' },
  ended_at: '2026-05-27T14:12:09.870Z',
  reports: [
    ...updateExample.reports,
    { at: '2026-05-27T14:12:09.870Z', report: 'download_failed' },
  ],
  updated_at: '2026-05-27T14:12:09.870Z',
  resource_version: 4,
};
