import * as z from 'zod';
import { findConnector } from '#simulator/charging/connectors.ts';
import type { ChargingProfile } from '#simulator/profiles/charging-profile.ts';
import { stated } from '#simulator/profiles/composite-schedule.ts';
import { electricsOf, scheduleAhead, stationElectrics } from '#simulator/profiles/limits.ts';
import { clearProfiles, meets, takeProfile } from '#simulator/profiles/profile-store.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { enqueue } from '#simulator/rpc/outbox.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Turn } from '#simulator/turn.ts';
import { notifySchedule } from '#simulator/v201/charging-needs.ts';
import { inParts } from '#simulator/v201/parts.ts';
import { Profile201, PURPOSE, Purpose, profileOf201 } from '#simulator/v201/profile.ts';

const PROFILES_PER_PART = 5;

export const setChargingProfile = answer(
  z.object({ evseId: z.int().nonnegative(), chargingProfile: Profile201 }),
  (turn, { evseId, chargingProfile }) => {
    const profile = profileOf201(turn.state, evseId, chargingProfile);
    const reasonCode = takeProfile(turn, profile, 'refused');
    if (reasonCode) return { status: 'Rejected', statusInfo: { reasonCode } };
    if (profile.purpose === 'tx') notifySchedule(turn, evseId, chargingProfile);
    return { status: 'Accepted' };
  },
);

const ClearChargingProfile = z.object({
  chargingProfileId: z.int().optional(),
  chargingProfileCriteria: z
    .object({
      evseId: z.int().nonnegative().optional(),
      chargingProfilePurpose: Purpose.optional(),
      stackLevel: z.int().optional(),
    })
    .optional(),
});

/** An id goes before all criteria; neither of them clears everything. */
export const clearChargingProfile = answer(ClearChargingProfile, ({ state }, request) => {
  const { chargingProfileId: id, chargingProfileCriteria: criteria = {} } = request;
  const { evseId, chargingProfilePurpose, stackLevel } = criteria;
  const purpose = chargingProfilePurpose && PURPOSE[chargingProfilePurpose];
  const meant = id === undefined ? { connectorId: evseId, purpose, stackLevel } : { id };
  return { status: clearProfiles(state, meant) ? 'Accepted' : 'Unknown' };
});

const GetChargingProfiles = z.object({
  requestId: z.int(),
  evseId: z.int().nonnegative().optional(),
  chargingProfile: z.object({
    chargingProfilePurpose: Purpose.optional(),
    stackLevel: z.int().optional(),
    chargingProfileId: z.array(z.int()).min(1).optional(),
    chargingLimitSource: z.array(z.enum(['EMS', 'Other', 'SO', 'CSO'])).optional(),
  }),
});

/** What the platform installed comes from the operator (CSO) [2.0.1 K09]. */
export const getChargingProfiles = answer(GetChargingProfiles, (turn, request) => {
  const { requestId, evseId, chargingProfile: wanted } = request;
  const purpose = wanted.chargingProfilePurpose && PURPOSE[wanted.chargingProfilePurpose];
  const criteria = { connectorId: evseId, purpose, stackLevel: wanted.stackLevel };
  const found = turn.state.store.profiles.filter(
    (one) =>
      meets(one, criteria) &&
      (wanted.chargingProfileId?.includes(one.id) ?? true) &&
      (wanted.chargingLimitSource?.includes('CSO') ?? true),
  );
  if (found.length === 0) return { status: 'NoProfiles' };
  reportProfiles(turn, requestId, found);
  return { status: 'Accepted' };
});

/** Part by part, each of one EVSE; only the very last says that it is the last. */
function reportProfiles(turn: Turn, requestId: number, profiles: readonly ChargingProfile[]): void {
  const evseIds = [...new Set(profiles.map(({ connectorId }) => connectorId))];
  const pieces = evseIds.flatMap((evseId) =>
    chunks(profiles.filter(({ connectorId }) => connectorId === evseId)).map((part) => ({
      evseId,
      chargingProfile: part.map(({ raw }) => raw),
    })),
  );
  for (const { items, tbc } of inParts(turn.state, pieces, 1)) {
    for (const piece of items) {
      const payload = { requestId, chargingLimitSource: 'CSO', ...piece, ...tbc };
      enqueue(turn, { action: 'ReportChargingProfiles', payload });
    }
  }
}

const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / PROFILES_PER_PART) }, (_, at) =>
    items.slice(at * PROFILES_PER_PART, (at + 1) * PROFILES_PER_PART),
  );

const GetCompositeSchedule = z.object({
  evseId: z.int().nonnegative(),
  duration: z.int().positive(),
  chargingRateUnit: z.enum(['W', 'A']).optional(),
});

export const getCompositeSchedule = answer(GetCompositeSchedule, ({ state, now }, request) => {
  const { evseId, duration, chargingRateUnit = 'W' } = request;
  const connector = findConnector(state, evseId) ?? null;
  if (!connector && evseId !== 0) return { status: 'Rejected' };
  const electrics = connector ? electricsOf(connector) : stationElectrics(state);
  const isDirect = connector?.phases === null;
  const chargingSchedulePeriod = scheduleAhead(state, connector, duration).map(({ at, watts }) => ({
    startPeriod: Math.round((at - now) / 1000),
    limit: stated(watts, chargingRateUnit, electrics),
    ...(isDirect ? {} : { numberPhases: electrics.phases }),
  }));
  const scheduleStart = stamp(state, now);
  return {
    status: 'Accepted',
    schedule: { evseId, duration, scheduleStart, chargingRateUnit, chargingSchedulePeriod },
  };
});
