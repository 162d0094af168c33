import { type Context, isoNow } from '#shared/core/context.ts';
import {
  findConnection,
  type LiveConnection,
  RECONNECT_NOTICE_S,
} from '#shared/live/connection.ts';
import { reconnectFrame, safelyBefore } from '#shared/live/frames.ts';
import { Interest } from '#shared/live/interest.ts';
import { issueTicket } from '#shared/live/live-ticket.ts';
import { sessionTicket } from '#shared/live/session-ticket.ts';
import { takeTurn } from '#shared/live/turn.ts';

/** Gives a client the URL of its next connection, before the gateway closes this one. */
export async function remindReconnect(ctx: Context, connectionId: string): Promise<void> {
  const connection = await findConnection(ctx, connectionId);
  if (!connection) return;
  await takeTurn(ctx, connectionId, 0, async (turn) => {
    const last = turn.last_event_id;
    const after = last === null ? null : safelyBefore(last);
    const token = await nextToken(ctx, connection, after);
    const url = token && `${connection.live_url}/${token}`;
    const frame = reconnectFrame(url, after, RECONNECT_NOTICE_S);
    return { turn, result: await ctx.sockets.live.send(connectionId, frame) };
  });
}

/** Null when the ticket has been renewed for long enough: a credential may have been revoked meanwhile. */
async function nextToken(
  ctx: Context,
  connection: LiveConnection,
  after: string | null,
): Promise<string | null> {
  const { kind, filter, credential_id, credential_until, renewable_until } = connection;
  if (kind === 'session') return sessionTicket(ctx, filter.session_id?.[0] ?? '');
  if (renewable_until === null || renewable_until <= isoNow(ctx)) return null;
  const ticket = {
    ...Interest.parse(connection),
    credential_id,
    client_id: connection.client_id,
    credential_until,
    renewable_until,
    resume_after: after,
  };
  return (await issueTicket(ctx, ticket, RECONNECT_NOTICE_S)).token;
}
