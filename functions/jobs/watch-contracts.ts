import { serveJob } from '#shared/aws/serve-job.ts';
import { defineJob } from '#shared/events/subscriber.ts';
import { watchContracts } from '#shared/plug-and-charge/watch-contracts.ts';

export const job = defineJob({
  id: 'watch-contracts',
  summary: 'Tells of Plug & Charge contracts that end soon.',
  everyMinutes: 24 * 60,
  handle: watchContracts,
});
export const handler = serveJob(job);
