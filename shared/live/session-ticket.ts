import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Context } from '#shared/core/context.ts';

type Signer = Pick<Context, 'cursorKey'>;

const MAC_BYTES = 16;
const TICKET = /^lt_([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/**
 * The way to one session's live stream, good as long as the session is open. It needs no row: it
 * carries what it names, under a MAC that only this deployment can make.
 */
export async function sessionTicket(
  ctx: Signer & Pick<Context, 'tenantId'>,
  sessionId: string,
): Promise<string> {
  const named = Buffer.from(`${ctx.tenantId}:${sessionId}`).toString('base64url');
  return `lt_${named}.${(await macOf(ctx, named)).toString('base64url')}`;
}

/** What a session ticket names; undefined for anything this deployment did not make. */
export async function readSessionTicket(
  ctx: Signer,
  ticket: string,
): Promise<{ tenantId: string; sessionId: string } | undefined> {
  const [, named, mac] = TICKET.exec(ticket) ?? [];
  if (named === undefined || mac === undefined) return undefined;
  const given = Buffer.from(mac, 'base64url');
  if (given.length !== MAC_BYTES || !timingSafeEqual(given, await macOf(ctx, named)))
    return undefined;
  const text = Buffer.from(named, 'base64url').toString();
  const colon = text.indexOf(':');
  return { tenantId: text.slice(0, colon), sessionId: text.slice(colon + 1) };
}

/** `wss://…/live/lt_…` of a session: what a client connects to. */
export const websocketUrl = async (
  ctx: Signer & Pick<Context, 'tenantId' | 'urls'>,
  sessionId: string,
  base: string = ctx.urls.live,
): Promise<string> => `${base}/${await sessionTicket(ctx, sessionId)}`;

async function macOf(ctx: Signer, named: string): Promise<Buffer> {
  const key = Buffer.from(hkdfSync('sha256', await ctx.cursorKey(), '', 'session-ticket', 32));
  return createHmac('sha256', key).update(named).digest().subarray(0, MAC_BYTES);
}
