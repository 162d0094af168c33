import type { Context } from '#shared/core/context.ts';
import {
  findConnection,
  type LiveConnection,
  RECONNECT_NOTICE_S,
} from '#shared/live/connection.ts';
import { reconnectFrame, safelyBefore } from '#shared/live/frames.ts';
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
    const url = `${connection.live_url}/${await nextToken(ctx, connection, after)}`;
    const frame = reconnectFrame(url, after, RECONNECT_NOTICE_S);
    return { turn, result: await ctx.sockets.live.send(connectionId, frame) };
  });
}

async function nextToken(
  ctx: Context,
  { kind, topics, filter, scopes, site_ids, credential_id }: LiveConnection,
  after: string | null,
): Promise<string> {
  const [sessionId = ''] = filter.session_id ?? [];
  if (kind === 'session') return sessionTicket(ctx, sessionId);
  const ticket = { topics, filter, scopes, site_ids, credential_id, resume_after: after };
  return (await issueTicket(ctx, ticket, RECONNECT_NOTICE_S)).token;
}
