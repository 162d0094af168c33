import type { Context } from '#shared/core/context.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { flagged } from '#shared/sessions/read-meter.ts';

/**
 * The connector is free, yet its session has no end: the charger lost it (a reboot) or will report it
 * later. Money waits for the charger; the session is marked.
 */
export async function markStopMissing(ctx: Context, sessionId: string): Promise<void> {
  await changeSession(ctx, sessionId, ({ live }) => {
    const running = ['charging', 'suspended', 'stopping'].includes(live.status);
    if (!running || live.flags.includes('stop_missing')) return undefined;
    return {
      live: { ...live, flags: flagged(live, 'stop_missing') },
      events: [],
      because: 'The connector is free, but the charger has not reported the end.',
    };
  });
}
