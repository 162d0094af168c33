import type { Context } from '#shared/core/context.ts';
import type { Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { Organization } from '#shared/organizations/organization.ts';
import type { Token } from '#shared/tokens/token.ts';

/** A session whose end is never told must not lock its driver out for ever. */
const COUNTED_DAYS = 7;

type Limits = Pick<
  Organization,
  'max_concurrent_sessions_per_token' | 'max_concurrent_sessions_by_group'
>;

/** How many sessions a token may have open: as it says, or its group, or the organization; null: any number. */
export const sessionLimit = (
  { max_concurrent_sessions: own, group_id }: Token,
  { max_concurrent_sessions_by_group: groups, max_concurrent_sessions_per_token: all }: Limits,
): number | null => own ?? (group_id === null ? undefined : groups[group_id]) ?? all;

/**
 * Whether a token has as many sessions open as it may have. One on the connector that it is shown at is
 * no other: the charger begins anew there.
 */
export async function hasEnoughOpen(
  ctx: Context,
  token: Token,
  limits: Limits,
  {
    chargerId,
    connector,
  }: { readonly chargerId?: string | undefined; readonly connector?: number | undefined },
): Promise<boolean> {
  const limit = sessionLimit(token, limits);
  if (limit === null) return false;
  const { items } = await ctx.table.query(keys.allOpenOfToken(ctx.tenantId, token.uid));
  const elsewhere = items.filter(
    (row) => row['charger_id'] !== chargerId || row['connector'] !== connector,
  );
  return elsewhere.length >= limit;
}

interface Counted {
  readonly id: string;
  readonly charger_id: string;
  readonly connector: number;
  readonly token_uid: string | null;
}

/** Counts a session of a token that has a limit. Others are not counted: most have none. */
export function countOpen(ctx: Context, session: Counted): Write[] {
  if (session.token_uid === null) return [];
  const { id, charger_id, connector } = session;
  const key = keys.openOfToken(ctx.tenantId, session.token_uid, id);
  const ttl = Math.floor(ctx.now().getTime() / 1000) + COUNTED_DAYS * 86_400;
  return [{ op: 'put', item: { ...key, charger_id, connector, ttl } }];
}

/** The session is over. */
export const uncountOpen = (ctx: Context, { id, token_uid }: Counted): Write[] =>
  token_uid === null ? [] : [{ op: 'delete', key: keys.openOfToken(ctx.tenantId, token_uid, id) }];
