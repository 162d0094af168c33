import { imageExample } from '#shared/firmware/firmware-example.ts';
import type { Campaign } from '#shared/firmware-campaigns/campaign-view.ts';

/** A campaign in its second wave, as the documents show one. */
export const campaignExample: Campaign = {
  id: 'fwc_01JWA5C7Q5KTJ7W2Z0C4Y6R8HN',
  name: 'MX-EV-22 to 4.3.0',
  firmware_image_id: imageExample.id,
  version: '4.3.0',
  targets: {
    charger_ids: null,
    model: 'MX-EV-22',
    site_id: null,
    label: null,
    firmware_version: '4.2.1',
  },
  window: { from: '23:00', to: '05:00', weekdays: ['mon', 'tue', 'wed', 'thu'] },
  only_when_idle: true,
  max_concurrent: 50,
  auto_pause: { failure_percent: 20, min_samples: 5 },
  patience_hours: 72,
  start_at: null,
  status: 'running',
  pause_reason: null,
  current_wave: 2,
  wave_began_at: '2026-05-27T19:12:00.000Z',
  started_at: '2026-05-27T17:30:00.000Z',
  ended_at: null,
  progress: {
    total: 200,
    waiting: 178,
    updating: 6,
    installed: 14,
    failed: 1,
    skipped: 1,
    canceled: 0,
  },
  waves: [
    { total: 5, waiting: 0, updating: 0, installed: 5, failed: 0, skipped: 0, canceled: 0 },
    { total: 50, waiting: 33, updating: 6, installed: 9, failed: 1, skipped: 1, canceled: 0 },
    { total: 145, waiting: 145, updating: 0, installed: 0, failed: 0, skipped: 0, canceled: 0 },
  ],
  requested_by: 'key_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T19:20:00.000Z',
  resource_version: 151,
};

/** The same, just made. */
export const newCampaignExample: Campaign = {
  ...campaignExample,
  status: 'scheduled',
  current_wave: 0,
  wave_began_at: null,
  started_at: null,
  progress: {
    total: 0,
    waiting: 0,
    updating: 0,
    installed: 0,
    failed: 0,
    skipped: 0,
    canceled: 0,
  },
  waves: [],
  updated_at: campaignExample.created_at,
  resource_version: 1,
};

/** The same, paused by a person. */
export const pausedExample: Campaign = {
  ...campaignExample,
  status: 'paused',
  pause_reason: 'by_user',
  updated_at: '2026-05-27T19:24:10.000Z',
  resource_version: 152,
};

/** The same, over. */
export const completedExample: Campaign = {
  ...campaignExample,
  status: 'completed',
  current_wave: 3,
  ended_at: '2026-05-28T22:41:05.000Z',
  progress: { ...campaignExample.progress, waiting: 0, updating: 0, installed: 197, failed: 2 },
  waves: [
    { total: 5, waiting: 0, updating: 0, installed: 5, failed: 0, skipped: 0, canceled: 0 },
    { total: 50, waiting: 0, updating: 0, installed: 48, failed: 1, skipped: 1, canceled: 0 },
    { total: 145, waiting: 0, updating: 0, installed: 144, failed: 1, skipped: 0, canceled: 0 },
  ],
  updated_at: '2026-05-28T22:41:05.000Z',
  resource_version: 604,
};
