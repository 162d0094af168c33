import { serveWorker } from '#shared/aws/serve-queue.ts';
import { renewExpiring } from '#shared/certificates/expiry.ts';
import { RenewCertificate } from '#shared/certificates/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: RenewCertificate,
  summary: 'Has a charger ask for a new certificate before its own ends',
  handle: ({ charger_id, certificate_id }, ctx) => renewExpiring(ctx, charger_id, certificate_id),
});

export const handler = serveWorker(worker);
