import { type Context, isoNow } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { CloseCredentialSockets } from '#shared/organizations/tasks.ts';

/** The gateway may know a token for a minute more, and a ticket it was given is good for ten. */
const CLOSED_AGAIN_S = 900;

/** Closes what a member has open, now and when nothing opened by what they had can be good any more. */
export function closingSockets(ctx: Context, memberId: string): DueTask[] {
  const close = (at: string) =>
    dueTask(ctx, CloseCredentialSockets, { credential_id: memberId }, at);
  return [close(isoNow(ctx)), close(plusSeconds(isoNow(ctx), CLOSED_AGAIN_S))];
}
