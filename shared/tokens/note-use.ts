import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { secondsBetween } from '#shared/core/units.ts';
import { keys } from '#shared/db/keys.ts';
import type { Authorization } from '#shared/tokens/authorize.ts';
import type { Token } from '#shared/tokens/token.ts';

/** A card that is used all day costs a write an hour. */
const STALE_S = 3600;

/** Keeps when and where a token was last accepted, roughly. Nothing depends on it, so it never fails. */
export async function noteUse(
  ctx: Context,
  { token, verdict }: Authorization,
  chargerId: string,
): Promise<void> {
  if (!token?.id || verdict !== 'accepted' || !isStale(ctx, token, chargerId)) return;
  const key = keys.token(ctx.tenantId, token.uid);
  const set = { last_used_at: isoNow(ctx), last_used_charger_id: chargerId };
  try {
    await ctx.table.write([{ op: 'update', key, set, when: { id: token.id } }]);
  } catch (error) {
    if (!(error instanceof ConditionFailed))
      ctx.log.warn('The use of a token was not noted', { token: token.id, error });
  }
}

const isStale = (
  ctx: Context,
  { last_used_at: at, last_used_charger_id: where }: Token,
  here: string,
) => at === null || where !== here || secondsBetween(at, isoNow(ctx)) >= STALE_S;
