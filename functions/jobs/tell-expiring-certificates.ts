import { serveJob } from '#shared/aws/serve-job.ts';
import { tellExpiring } from '#shared/certificates/expiry.ts';
import { defineJob } from '#shared/events/subscriber.ts';

export const job = defineJob({
  id: 'tell-expiring-certificates',
  summary: 'Tells of certificates of chargers that end soon, and has them renewed',
  everyMinutes: 24 * 60,
  handle: tellExpiring,
});

export const handler = serveJob(job);
