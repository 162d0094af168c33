import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { reanchorProfile } from '#shared/smart-charging/reanchor-profile.ts';
import { ReanchorProfile } from '#shared/smart-charging/tasks.ts';

export const worker = defineWorker({
  task: ReanchorProfile,
  summary: 'Tells a charger anew when a daily limit begins, since clocks were changed',
  handle: ({ charger_id, number, profile_id }, ctx) =>
    reanchorProfile(ctx, charger_id, number, profile_id),
});

export const handler = serveWorker(worker);
