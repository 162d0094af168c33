import { Connector } from '#shared/connectors/connector.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import { sameToken } from '#shared/tokens/same-token.ts';
import { findToken, type Token } from '#shared/tokens/token.ts';

/** Whether a session under way at the charger is the token's own, or of its group: it may stop that. */
export async function chargesHere(
  ctx: Context,
  { uid, chargerId }: { readonly uid: string; readonly chargerId?: string | undefined },
  token: Token | undefined,
): Promise<boolean> {
  if (chargerId === undefined) return false;
  const uids = await chargingUids(ctx, chargerId);
  if (uids.some((other) => sameToken(other, uid))) return true;
  if (!token?.group_id) return false;
  const others = await Promise.all(uids.map((other) => findToken(ctx, other)));
  return others.some((other) => other?.group_id === token.group_id);
}

async function chargingUids(ctx: Context, chargerId: string): Promise<string[]> {
  const { items } = await ctx.table.query(keys.connectorsOf(ctx.tenantId, chargerId));
  const ids = items.map((item) => Connector.parse(item).session_id).filter((id) => id !== null);
  const sessions = await ctx.table.batchGet(ids.map((id) => keys.session(ctx.tenantId, id)));
  return sessions
    .map((session) => session?.['token_uid'])
    .filter((uid): uid is string => typeof uid === 'string');
}
