import type { Context } from '#shared/core/context.ts';
import { findProfiles } from '#shared/smart-charging/charging-profile.ts';
import { forget } from '#shared/smart-charging/clear-charging-profiles.ts';

/**
 * A charger forgets the profiles of a session when it ends, and those of any session when it restarts
 * (1.6 §3.13.1, 2.0.1 K01.FR.29); all others it keeps. So do we.
 */
export async function forgetSessionProfiles(
  ctx: Context,
  chargerId: string,
  { sessionId, setUntil }: { readonly sessionId?: string; readonly setUntil?: string },
): Promise<void> {
  const known = await findProfiles(ctx, chargerId);
  const gone = known.filter(
    ({ purpose, session_id, updated_at }) =>
      purpose === 'session' &&
      (sessionId === undefined || session_id === sessionId) &&
      (setUntil === undefined || updated_at <= setUntil),
  );
  await forget(ctx, gone);
}
