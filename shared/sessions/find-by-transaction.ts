import { Connector } from '#shared/connectors/connector.ts';
import type { Context } from '#shared/core/context.ts';
import { keys } from '#shared/db/keys.ts';
import type { LiveSession } from '#shared/sessions/session.ts';
import { findSession, type WholeSession } from '#shared/sessions/session-view.ts';
import { sameToken } from '#shared/tokens/same-token.ts';

export interface TransactionRef {
  readonly chargerId: string;
  /** Missing where the charger never learnt it. */
  readonly transactionId: string | undefined;
  readonly connector?: number | undefined;
  readonly tokenUid?: string | null | undefined;
  /** When it happened, by the charger's clock: not before the session began. */
  readonly at?: string | undefined;
}

/**
 * The session a charger's report belongs to: by transaction id, else (the start was never answered)
 * the one open session it can be, by connector or by token. Never a guess between two.
 */
export async function findByTransaction(
  ctx: Context,
  ref: TransactionRef,
): Promise<WholeSession | undefined> {
  if (ref.transactionId === undefined) return onlyCandidate(ctx, ref);
  const row = await ctx.table.get(keys.transaction(ctx.tenantId, ref.chargerId, ref.transactionId));
  const id = row?.['session_id'];
  return typeof id === 'string' ? findSession(ctx, id) : undefined;
}

async function onlyCandidate(ctx: Context, ref: TransactionRef): Promise<WholeSession | undefined> {
  const open = await openSessionsOf(ctx, ref.chargerId);
  const fits = open.filter(
    ({ session, live }) =>
      live.charging_started_at !== null &&
      (ref.connector === undefined || session.connector === ref.connector) &&
      (!ref.tokenUid || sameToken(ref.tokenUid, session.token_uid)) &&
      !(ref.at !== undefined && isBeforeStart(ref.at, live)),
  );
  return fits.length === 1 ? fits[0] : undefined;
}

const isBeforeStart = (at: string, { charging_started_at: began, clock_offset_s }: LiveSession) =>
  began !== null && clock_offset_s === 0 && Date.parse(at) < Date.parse(began);

/** The sessions that hold the charger's connectors. */
export async function openSessionsOf(ctx: Context, chargerId: string): Promise<WholeSession[]> {
  const { items } = await ctx.table.query(keys.connectorsOf(ctx.tenantId, chargerId));
  const ids = items.map((item) => Connector.parse(item).session_id).filter((id) => id !== null);
  const found = await Promise.all(ids.map((id) => findSession(ctx, id)));
  return found.filter((whole) => whole !== undefined);
}
