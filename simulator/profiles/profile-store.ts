import type { ChargerState } from '#simulator/charger-state.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import type { ChargingProfile } from '#simulator/profiles/charging-profile.ts';
import { settingNumber, settingText } from '#simulator/settings.ts';
import { keep } from '#simulator/store.ts';
import type { Turn } from '#simulator/turn.ts';

/** Why a profile is not taken, in the reason codes of 2.0.1. */
export type ProfileRefusal =
  | 'UnknownEVSE'
  | 'InvalidProfile'
  | 'InvalidSchedule'
  | 'InvalidStackLevel'
  | 'UnsupportedRateUnit'
  | 'TooManyProfiles'
  | 'TxNotFound'
  | 'DuplicateProfile';

/** Takes a profile, in the place of the one with its id, or says why not. */
export function takeProfile(
  turn: Turn,
  profile: ChargingProfile,
  twin: 'replaced' | 'refused',
): ProfileRefusal | null {
  const refusal = refusalOf(turn, profile);
  if (refusal) return refusal;
  const others = turn.state.store.profiles.filter(({ id }) => id !== profile.id);
  const twins = others.filter((one) => isTwin(one, profile));
  if (twin === 'refused' && twins.length > 0) return 'DuplicateProfile';
  const profiles = [...others.filter((one) => !twins.includes(one)), profile];
  if (profiles.length > settingNumber(turn, 'profileLimit')) return 'TooManyProfiles';
  keep(turn.state, { profiles });
  return null;
}

/** Two profiles that would contradict each other at some time. */
function isTwin(one: ChargingProfile, other: ChargingProfile): boolean {
  const never = Number.POSITIVE_INFINITY;
  return (
    one.purpose === other.purpose &&
    one.stackLevel === other.stackLevel &&
    one.connectorId === other.connectorId &&
    one.transaction === other.transaction &&
    (one.validFrom ?? 0) < (other.validTo ?? never) &&
    (other.validFrom ?? 0) < (one.validTo ?? never)
  );
}

export function refusalOf(turn: Turn, profile: ChargingProfile): ProfileRefusal | null {
  const { purpose, connectorId, periods } = profile;
  const connector = findConnector(turn.state, connectorId);
  if (connectorId !== 0 && !connector) return 'UnknownEVSE';
  if (purpose === 'external') return 'InvalidProfile';
  if (purpose === 'station_max' && connectorId !== 0) return 'InvalidProfile';
  if (purpose === 'tx' && connectorId === 0) return 'InvalidProfile';
  if (purpose === 'tx' && connector?.session?.number !== profile.transaction) return 'TxNotFound';
  if (profile.stackLevel < 0 || profile.stackLevel > settingNumber(turn, 'stackLevels')) {
    return 'InvalidStackLevel';
  }
  if (!ratesOf(settingText(turn, 'rateUnits')).includes(profile.unit)) return 'UnsupportedRateUnit';
  const ordered = periods.every(
    ({ startSeconds, limit }, at) =>
      limit >= 0 && startSeconds > (periods[at - 1]?.startSeconds ?? -1),
  );
  const fits = periods.length <= settingNumber(turn, 'schedulePeriods');
  return periods[0]?.startSeconds === 0 && ordered && fits ? null : 'InvalidSchedule';
}

/** 1.6 says Current and Power where 2.0.1 says A and W. */
const ratesOf = (text: string): string[] =>
  text.split(',').map((one) => ({ Current: 'A', Power: 'W' })[one.trim()] ?? one.trim());

export type ProfileCriteria = {
  id?: number | undefined;
  connectorId?: number | undefined;
  purpose?: ChargingProfile['purpose'] | undefined;
  stackLevel?: number | undefined;
};

export const meets = (profile: ChargingProfile, criteria: ProfileCriteria): boolean =>
  (['id', 'connectorId', 'purpose', 'stackLevel'] as const).every(
    (name) => criteria[name] === undefined || criteria[name] === profile[name],
  );

/** Drops the profiles that meet all criteria; tells whether there were any. */
export function clearProfiles(state: ChargerState, criteria: ProfileCriteria): boolean {
  const { profiles } = state.store;
  const rest = profiles.filter((profile) => !meets(profile, criteria));
  if (rest.length < profiles.length) keep(state, { profiles: rest });
  return rest.length < profiles.length;
}

/** A transaction's own profiles end with it. */
export function forgetTransactionProfiles(state: ChargerState, number: number): void {
  const { profiles } = state.store;
  if (profiles.length === 0) return;
  const rest = profiles.filter(({ transaction }) => transaction !== number);
  if (rest.length < profiles.length) keep(state, { profiles: rest });
}
