import { liveContext } from '#shared/aws/live-context.ts';
import { serveFrame } from '#shared/aws/serve-socket.ts';
import { dropConnection } from '#shared/live/connection.ts';

/** A live socket has closed. */
export const handler = serveFrame(({ verdict, connectionId }, from) =>
  dropConnection(liveContext(verdict, from), connectionId),
);
