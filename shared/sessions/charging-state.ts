import type { Context } from '#shared/core/context.ts';
import { priced, resumed, suspended } from '#shared/sessions/advance.ts';
import { changeSession } from '#shared/sessions/change-session.ts';
import { laterInstant } from '#shared/sessions/charger-clock.ts';
import { SessionResumed, SessionSuspended } from '#shared/sessions/events.ts';
import { flagged } from '#shared/sessions/read-meter.ts';
import type { LiveSession } from '#shared/sessions/session.ts';

/** Energy flows, or who keeps it from flowing. */
export type Flow = 'charging' | 'vehicle' | 'charger';

/** Energy started or ceased to flow in a running session; `at` is the charger's time. A repeat changes nothing. */
export async function reportFlow(
  ctx: Context,
  sessionId: string,
  flow: Flow,
  at: string,
): Promise<void> {
  await changeSession(ctx, sessionId, ({ session, live }) => {
    if (!isRunning(live) || (live.suspended_by ?? 'charging') === flow) return undefined;
    const when = laterInstant(at, ctx.now(), live);
    const next = flow === 'charging' ? resumed(live, when) : suspended(live, flow, when);
    const stamped = {
      ...next,
      meter_at: live.meter_at && (when > live.meter_at ? when : live.meter_at),
    };
    const swap = flow !== 'charging' && live.suspended_by !== null;
    return {
      live: priced(session, stamped, when),
      events: swap ? [] : [{ type: flow === 'charging' ? SessionResumed : SessionSuspended }],
      because: flow === 'charging' ? 'Energy flows again.' : `Energy flow held by the ${flow}.`,
    };
  });
}

/**
 * The connector is free, yet its session has no end: the charger lost it (a reboot) or will report it
 * later. Money waits for the charger; the session is marked.
 */
export async function markStopMissing(ctx: Context, sessionId: string): Promise<void> {
  await changeSession(ctx, sessionId, ({ live }) => {
    if (!isRunning(live) || live.flags.includes('stop_missing')) return undefined;
    return {
      live: { ...live, flags: flagged(live, 'stop_missing') },
      events: [],
      because: 'The connector is free, but the charger has not reported the end.',
    };
  });
}

const isRunning = ({ status }: LiveSession) =>
  ['charging', 'suspended', 'stopping'].includes(status);
