import { serveJob } from '#shared/aws/serve-job.ts';
import { defineJob } from '#shared/events/subscriber.ts';
import { rotateSigningKeys } from '#shared/oauth/rotate-signing-keys.ts';

export const job = defineJob({
  id: 'rotate-signing-keys',
  summary: 'Publishes the next key that signs access tokens, and forgets those that are over',
  everyMinutes: 24 * 60,
  handle: rotateSigningKeys,
});

export const handler = serveJob(job);
