import type { ChargingProfile, SchedulePeriod } from '#simulator/profiles/charging-profile.ts';

/** What a profile says at an instant, and until when that holds. */
export type ProfileValue = { period: SchedulePeriod | null; until: number };

const NEVER = Number.POSITIVE_INFINITY;
const CYCLE_MS = { daily: 86_400_000, weekly: 7 * 86_400_000 } as const;
const silent = (until: number): ProfileValue => ({ period: null, until });

/**
 * Reads a profile at an instant. A relative schedule, or an absolute one without a start, begins at
 * `origin`: the transaction's start [1.6 section 3.13.1; 2.0.1 part 2 K01].
 */
export function profileValue(profile: ChargingProfile, at: number, origin: number): ProfileValue {
  const { validFrom, validTo } = profile;
  if (validFrom !== null && at < validFrom) return silent(validFrom);
  if (validTo !== null && at >= validTo) return silent(NEVER);
  const cycleMs =
    profile.kind === 'daily' || profile.kind === 'weekly' ? CYCLE_MS[profile.kind] : NEVER;
  const anchor = profile.kind === 'relative' ? origin : (profile.startsAt ?? origin);
  if (at < anchor) return silent(Math.min(anchor, validTo ?? NEVER));
  const start = cycleMs === NEVER ? anchor : anchor + Math.floor((at - anchor) / cycleMs) * cycleMs;
  const end = start + Math.min(cycleMs, (profile.durationSeconds ?? NEVER) * 1000);
  const beyond = Math.min(start + cycleMs, validTo ?? NEVER);
  if (at >= end) return silent(beyond);
  const next = profile.periods.find(({ startSeconds }) => start + startSeconds * 1000 > at);
  const period = profile.periods.findLast(({ startSeconds }) => start + startSeconds * 1000 <= at);
  const nextAt = next ? start + next.startSeconds * 1000 : NEVER;
  return { period: period ?? null, until: Math.min(nextAt, end, beyond) };
}
