import '#shared/catalogue/event-types.ts';
import { liveContext } from '#shared/aws/live-context.ts';
import { serveFrame } from '#shared/aws/serve-socket.ts';
import { receiveFrame } from '#shared/live/receive.ts';

/** Every frame of every live client. */
export const handler = serveFrame(({ verdict, connectionId, body }, from) =>
  receiveFrame(liveContext(verdict, from), connectionId, body),
);
