import { contextOf } from '#shared/aws/runtime.ts';
import { onBehalfOfAll } from '#shared/events/on-behalf.ts';
import type { Job } from '#shared/events/subscriber.ts';

/** The Lambda of functions/jobs/<id>.ts, called by its schedule. An error fails the run, which its alarm sees. */
export const serveJob = (job: Job) => async (): Promise<void> =>
  job.handle(contextOf(onBehalfOfAll(job.id)));
