import { liveContext } from '#shared/aws/live-context.ts';
import { serveSocketAuthorizer } from '#shared/aws/serve-socket.ts';
import { judgeTicket } from '#shared/live/admit.ts';

/** Whose the ticket is that a live URL ends with, and whether it is still good. */
export const handler = serveSocketAuthorizer(({ headers }, from) => {
  const within = (organization_id: string) =>
    liveContext({ organization_id, livemode: 'false' }, from);
  return judgeTicket(within(''), headers['x-live-ticket'] ?? '', within);
});
