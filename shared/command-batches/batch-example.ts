import type { CommandBatch } from '#shared/command-batches/command-batch.ts';

/** A batch as the documents show one: just asked for. */
export const batchExample: CommandBatch = {
  id: 'cba_01JWA3QH3M9K2V7T5C8X0N4B6R',
  type: 'reset',
  status: 'running',
  total: 12,
  by_status: {
    waiting: 12,
    running: 0,
    completed: 0,
    rejected: 0,
    failed: 0,
    timed_out: 0,
    canceled: 0,
    expired: 0,
  },
  concurrency: 2,
  max_failures: 0,
  max_failure_percent: null,
  requested_by: 'key_01JV9W8Q0T6H3M5X7B2K4N1DZC',
  livemode: true,
  created_at: '2026-05-27T14:03:22.000Z',
  updated_at: '2026-05-27T14:03:22.000Z',
  completed_at: null,
  resource_version: 1,
};

/** The same, over: two chargers were out of reach. */
export const endedExample: CommandBatch = {
  ...batchExample,
  status: 'completed',
  by_status: { ...batchExample.by_status, waiting: 0, completed: 10, expired: 2 },
  updated_at: '2026-05-27T14:06:40.120Z',
  completed_at: '2026-05-27T14:06:40.120Z',
  resource_version: 14,
};
