import { serveWorker } from '#shared/aws/serve-queue.ts';
import { defineWorker } from '#shared/events/task.ts';
import { closeCredentialSockets } from '#shared/live/close-credential-sockets.ts';
import { CloseCredentialSockets } from '#shared/organizations/tasks.ts';

export const worker = defineWorker({
  task: CloseCredentialSockets,
  summary: 'Closes the live sockets of a credential that is no more.',
  handle: ({ credential_id }, ctx) => closeCredentialSockets(ctx, credential_id),
});
export const handler = serveWorker(worker);
