import { plusSeconds, secondsBetween } from '#shared/core/units.ts';
import { freeUntil } from '#shared/sessions/advance.ts';
import type { LiveSession, Session } from '#shared/sessions/session.ts';

/**
 * From when on standing still costs something, while a session stands still; null where it never will. The
 * grace is one for the whole session, and a free allowance comes before it.
 */
export function idleFeeFrom(session: Session, live: LiveSession): string | null {
  const open = live.idle.at(-1);
  if (!open || open.to !== null || live.ended_at !== null) return null;
  const { idle_fee_per_minute: rate, idle_grace_minutes: grace } = session.tariff;
  const paidFrom = paidFromOf(session, live);
  if (rate === 0 || paidFrom === null) return null;
  const spent = live.idle.slice(0, -1).reduce((sum, { from, to }) => {
    const start = later(from, paidFrom);
    return to === null || to <= start ? sum : sum + secondsBetween(start, to);
  }, 0);
  return plusSeconds(later(open.from, paidFrom), Math.max(0, grace * 60 - spent));
}

const later = (a: string, b: string) => (a < b ? b : a);
const THE_START = '1970-01-01T00:00:00.000Z';

/** When a session's own price lets idle time count at all; null for never, as far as is known. */
function paidFromOf(session: Session, live: LiveSession): string | null {
  const { tariff_override: own } = session;
  if (own?.type === 'flat') return null;
  if (own?.type !== 'free') return THE_START;
  const used = own.energy_kwh !== undefined && live.energy_wh >= own.energy_kwh * 1000;
  return used ? THE_START : freeUntil(session, live);
}
