import { secondsBetween } from '#shared/core/units.ts';
import { mostWh } from '#shared/sessions/read-meter.ts';
import type { LiveSession, Session } from '#shared/sessions/session.ts';

/** Half a kilowatt-hour either way: what kilowatt-hours without decimals round off. */
const ROUNDED_WH = 500;

/**
 * The session with what its start and stop registers state, where the samples between them made no
 * sense and the count had to begin anew: because they lost energy that way, or because they were
 * kilowatt-hours under the name of Wh, between which and the stop the count would leap. A register that
 * really fell back states less than the count, and its samples do not lie between start and stop.
 * `lastWh` is the register of the last sample before the end.
 */
export function withStatedEnergy(
  session: Session,
  live: LiveSession,
  lastWh: number | null,
  { stopWh, at }: { readonly stopWh: number | null; readonly at: string },
): LiveSession {
  const { first_start_wh: start, charging_started_at: began } = live;
  if (start === null || stopWh === null || !began || stopWh < start) return live;
  const delivered = stopWh - start;
  if (delivered > mostWh(session, Math.max(0, secondsBetween(began, at)))) return live;
  const slipped =
    lastWh !== null && lastWh * 1000 >= start - ROUNDED_WH && lastWh * 1000 <= stopWh + ROUNDED_WH;
  if (!slipped && delivered <= live.energy_wh) return live;
  const readings = [
    { at: began, wh: 0 },
    { at, wh: delivered },
  ];
  return { ...live, energy_wh: delivered, readings };
}
