import '#shared/aws/provide-authority.ts';
import { serveWorker } from '#shared/aws/serve-queue.ts';
import { issueCertificate } from '#shared/certificates/issue-certificate.ts';
import { IssueCertificate } from '#shared/certificates/tasks.ts';
import { defineWorker } from '#shared/events/task.ts';

export const worker = defineWorker({
  task: IssueCertificate,
  summary: 'Makes the certificate a charger asked for',
  handle: ({ charger_id, certificate_id }, ctx) =>
    issueCertificate(ctx, charger_id, certificate_id),
});

export const handler = serveWorker(worker);
