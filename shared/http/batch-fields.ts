import * as z from 'zod';
import { ChargerStatus } from '#shared/chargers/charger.ts';
import { CHARGERS_AT_MOST } from '#shared/command-batches/create-batch.ts';
import { expiresIn } from '#shared/http/command-call.ts';

/** What every call to many chargers takes: which chargers, how many at a time, and when to stop. */
export const batchFields = {
  charger_ids: z
    .array(z.string().max(48))
    .min(1)
    .max(CHARGERS_AT_MOST)
    .optional()
    .meta({ description: 'These chargers, in this order.' }),
  filter: z
    .object({
      site_id: z.string().max(48).optional(),
      vendor_name: z.string().max(50).optional(),
      model: z.string().max(50).optional(),
      label: z.string().max(50).optional(),
      status: z.array(ChargerStatus).optional().meta({ description: 'In one of these now.' }),
    })
    .optional()
    .meta({ description: 'All chargers that match; an empty filter is all there are.' }),
  concurrency: z.int().min(1).max(100).default(10).meta({
    description: 'How many may be under way at once.',
  }),
  max_failures: z.int().min(0).max(CHARGERS_AT_MOST).optional().meta({
    description: 'When more have failed, the rest is canceled.',
  }),
  max_failure_percent: z.number().min(0).max(100).optional().meta({
    description: 'The same, in percent of all chargers.',
  }),
  expires_in_seconds: expiresIn,
};
