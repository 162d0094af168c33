import type { Context } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';

const KEPT_DAYS = 90;

/** The id tag of a session started over the API: 20 characters, OCPP 1.6's most, unique by its random end. */
export const virtualTag = (sessionId: string): string => sessionId.slice(-20).toUpperCase();

/** Lets the tag be authorised, and leads from it to its session. */
export function virtualToken(ctx: Context, sessionId: string): Write {
  const uid = virtualTag(sessionId);
  const ttl = Math.floor(ctx.now().getTime() / 1000) + KEPT_DAYS * 86_400;
  const item = {
    ...keys.token(ctx.tenantId, uid),
    uid,
    type: 'virtual',
    session_id: sessionId,
    ttl,
  };
  return { op: 'put', item };
}
