import type { ProfilePurpose, StoredProfile } from '#shared/smart-charging/charging-profile.ts';
import { type Electrics, wattsOf } from '#shared/smart-charging/electrics.ts';
import type { OutsideLimit } from '#shared/smart-charging/outside-limit.ts';
import { toldLimit } from '#shared/smart-charging/told-schedule.ts';

/** A connector, what is charged there, and all profiles of its charger. */
export interface Circumstances {
  readonly connector: number;
  readonly session: { readonly id: string; readonly began_at: string } | null;
  readonly profiles: readonly StoredProfile[];
  /** What others hold the charger to, as it told. */
  readonly outside: readonly OutsideLimit[];
  readonly electrics: Electrics;
}

/**
 * What the profiles together allow at an instant, W; infinite where none says anything. Within a purpose
 * the highest level that is valid and has something to say leads; a session's own takes the place of
 * the default, that of the connector of the charger's; the maximum and what others set bound both
 * (1.6 §3.13.2, 2.0.1 K01.FR.31, K01.FR.40).
 */
export function allowedAt(circumstances: Circumstances, at: number): number {
  const { connector, session } = circumstances;
  const leading = (purpose: ProfilePurpose, place: number | null) =>
    leader(circumstances, purpose, place, at);
  const own = session === null ? undefined : leading('session', connector);
  const base = own ?? leading('default', connector) ?? leading('default', null);
  const bounds = [
    base,
    leading('charger_max', null),
    leading('external', null),
    leading('external', connector),
    ...circumstances.outside
      .filter((limit) => limit.connector === null || limit.connector === connector)
      .map((limit) => outsideAt(limit, at)),
  ];
  return Math.min(Number.POSITIVE_INFINITY, ...bounds.filter((watts) => watts !== undefined));
}

function outsideAt(limit: OutsideLimit, at: number): number | undefined {
  const into = (at - Date.parse(limit.starts_at ?? limit.since)) / 1000;
  if (into < 0 || (limit.duration_seconds !== null && into >= limit.duration_seconds))
    return undefined;
  const kw = limit.periods.findLast(({ start_seconds }) => start_seconds <= into)?.limit_kw;
  return kw == null ? undefined : kw * 1000;
}

function leader(
  { profiles, session, electrics }: Circumstances,
  purpose: ProfilePurpose,
  place: number | null,
  at: number,
): number | undefined {
  const candidates = profiles
    .filter((one) => one.purpose === purpose && one.connector === place)
    .filter((one) => purpose !== 'session' || one.session_id === session?.id)
    .toSorted((a, b) => b.stack_level - a.stack_level);
  for (const profile of candidates) {
    const watts = valueAt(profile, session?.began_at ?? null, electrics, at);
    if (watts !== undefined) return watts;
  }
  return undefined;
}

const RECURS_S = { daily: 86_400, weekly: 7 * 86_400 } as const;

/** What one profile says of an instant; undefined where it says nothing. */
function valueAt(
  profile: StoredProfile,
  sessionBegan: string | null,
  electrics: Electrics,
  at: number,
): number | undefined {
  const { valid_from, valid_to, kind, recurrence, starts_at, duration_seconds } = profile;
  if (valid_from !== null && at < Date.parse(valid_from)) return undefined;
  if (valid_to !== null && at >= Date.parse(valid_to)) return undefined;
  const start = kind === 'relative' ? sessionBegan : starts_at;
  if (start === null) return undefined;
  const since = (at - Date.parse(start)) / 1000;
  if (since < 0) return undefined;
  const into = kind === 'recurring' ? since % RECURS_S[recurrence ?? 'daily'] : since;
  if (duration_seconds !== null && into >= duration_seconds) return undefined;
  const period = profile.periods.findLast(({ start_seconds }) => start_seconds <= into);
  if (!period) return undefined;
  const unit = profile.unit === 'kw' ? 'W' : 'A';
  return wattsOf(toldLimit(profile, period), unit, electrics, period.phases) ?? undefined;
}
