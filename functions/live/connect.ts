import { liveContext } from '#shared/aws/live-context.ts';
import { serveConnect } from '#shared/aws/serve-socket.ts';
import { admitConnection, LiveVerdict } from '#shared/live/admit.ts';

/** A handshake cannot carry our close codes (4401, 4410, 4429): these are its statuses for the same. */
const STATUS = { open: 200, unauthorized: 401, session_ended: 410, too_many: 429 } as const;

/** A live socket opens, or is refused. */
export const handler = serveConnect(async ({ verdict: said, connectionId, headers }, from) => {
  const { verdict } = LiveVerdict.parse(said);
  if (verdict !== 'allow') return { status: STATUS[verdict] };
  const token = headers['x-live-ticket'] ?? '';
  return { status: STATUS[await admitConnection(liveContext(said, from), connectionId, token)] };
});
