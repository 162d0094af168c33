import * as z from 'zod';
import { defineTask } from '#shared/events/task.ts';

/** A credential is no more: what it has open is closed. */
export const CloseCredentialSockets = defineTask({
  id: 'close-credential-sockets',
  payload: z.object({ credential_id: z.string() }),
});
