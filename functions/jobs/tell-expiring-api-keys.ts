import { serveJob } from '#shared/aws/serve-job.ts';
import { defineJob } from '#shared/events/subscriber.ts';
import { tellExpiringKeys } from '#shared/organizations/tell-expiring-keys.ts';

export const job = defineJob({
  id: 'tell-expiring-api-keys',
  summary: 'Tells of API keys that end soon',
  everyMinutes: 24 * 60,
  handle: tellExpiringKeys,
});

export const handler = serveJob(job);
