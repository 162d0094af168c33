import type { WholeCharger } from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { findSession, type WholeSession } from '#shared/sessions/session-view.ts';

/** The session whose transaction runs on an EVSE. */
export async function runningSession(
  ctx: Context,
  { connectors }: WholeCharger,
  evseId: number,
): Promise<WholeSession | undefined> {
  const here = connectors.filter((c) => (c.evse_id ?? c.id) === evseId);
  const id = here.find((c) => c.session_id !== null)?.session_id;
  const whole = id ? await findSession(ctx, id) : undefined;
  const runs = whole?.live.transaction_id != null && whole.live.ended_at === null;
  return runs ? whole : undefined;
}
