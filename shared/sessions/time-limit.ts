import type { Context } from '#shared/core/context.ts';
import { plusSeconds } from '#shared/core/units.ts';
import type { DueTask } from '#shared/events/recorded.ts';
import { dueTask } from '#shared/events/task.ts';
import { freeUntil } from '#shared/sessions/advance.ts';
import type { LiveSession, Session, StopReason } from '#shared/sessions/session.ts';
import { EnforceTimeLimit } from '#shared/sessions/tasks.ts';

/** The instant a session must stop by the clock: its time limit, or a free allowance that ends it. */
export function stopsAt(session: Session, live: LiveSession): string | null {
  const start = live.charging_started_at;
  const minutes = session.limits?.duration_minutes;
  const limit = start && minutes ? plusSeconds(start, minutes * 60) : null;
  const stopsWhenFree =
    session.tariff_override?.type === 'free' && session.tariff_override.on_expiry === 'stop';
  const free = stopsWhenFree ? freeUntil(session, live) : null;
  return [limit, free].filter((at) => at !== null).sort()[0] ?? null;
}

/** The task that will stop it then. */
export function timeLimit(ctx: Context, session: Session, live: LiveSession): DueTask[] {
  const at = stopsAt(session, live);
  return at ? [dueTask(ctx, EnforceTimeLimit, { session_id: session.id }, at)] : [];
}

/** The limit of energy or state of charge that has been reached. */
export function limitReached(
  { limits, tariff_override: free }: Session,
  live: LiveSession,
): StopReason | null {
  const energy = limits?.energy_kwh;
  if (energy !== undefined && live.energy_wh >= energy * 1000) return 'limit_energy';
  const soc = limits?.soc_percent;
  if (soc !== undefined && live.soc_percent !== null && live.soc_percent >= soc) return 'limit_soc';
  if (free?.type === 'free' && free.on_expiry === 'stop' && free.energy_kwh !== undefined)
    return live.energy_wh >= free.energy_kwh * 1000 ? 'limit_energy' : null;
  return null;
}
