import * as z from 'zod';
import type { ChargerState } from '#simulator/charger-state.ts';
import { findConnector } from '#simulator/charging/connectors.ts';
import type { ChargingProfile } from '#simulator/profiles/charging-profile.ts';
import { stated } from '#simulator/profiles/composite-schedule.ts';
import { electricsOf, scheduleAhead, stationElectrics } from '#simulator/profiles/limits.ts';
import { clearProfiles, takeProfile } from '#simulator/profiles/profile-store.ts';
import { answer } from '#simulator/rpc/answer.ts';
import { stamp } from '#simulator/stamp.ts';

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const Purpose = z.enum(['ChargePointMaxProfile', 'TxDefaultProfile', 'TxProfile']);
const PURPOSE = {
  ChargePointMaxProfile: 'station_max',
  TxDefaultProfile: 'tx_default',
  TxProfile: 'tx',
} as const;

/** A profile as 1.6 writes it [section 7.8]. */
export const Profile16 = z
  .object({
    chargingProfileId: z.int(),
    transactionId: z.int().optional(),
    stackLevel: z.int().nonnegative(),
    chargingProfilePurpose: Purpose,
    chargingProfileKind: z.enum(['Absolute', 'Recurring', 'Relative']),
    recurrencyKind: z.enum(['Daily', 'Weekly']).optional(),
    validFrom: Instant.optional(),
    validTo: Instant.optional(),
    chargingSchedule: z.object({
      duration: z.int().nonnegative().optional(),
      startSchedule: Instant.optional(),
      chargingRateUnit: z.enum(['A', 'W']),
      chargingSchedulePeriod: z
        .array(
          z.object({
            startPeriod: z.int().nonnegative(),
            limit: z.number(),
            numberPhases: z.int().positive().optional(),
          }),
        )
        .min(1),
      minChargingRate: z.number().optional(),
    }),
  })
  .refine((one) => one.chargingProfileKind !== 'Recurring' || one.recurrencyKind !== undefined);

/** In nobody's dialect; transactions are named by our own count. */
export function profileOf16(
  { transactionIds }: ChargerState,
  connectorId: number,
  profile: z.infer<typeof Profile16>,
): ChargingProfile {
  const { chargingSchedule: schedule, transactionId } = profile;
  const named = Object.entries(transactionIds).find(([, id]) => id === transactionId);
  const kinds = { Absolute: 'absolute', Relative: 'relative', Recurring: 'daily' } as const;
  return {
    id: profile.chargingProfileId,
    connectorId,
    purpose: PURPOSE[profile.chargingProfilePurpose],
    stackLevel: profile.stackLevel,
    kind: profile.recurrencyKind === 'Weekly' ? 'weekly' : kinds[profile.chargingProfileKind],
    transaction: transactionId === undefined ? null : Number(named?.[0] ?? -1),
    validFrom: profile.validFrom ?? null,
    validTo: profile.validTo ?? null,
    startsAt: schedule.startSchedule ?? null,
    durationSeconds: schedule.duration ?? null,
    unit: schedule.chargingRateUnit,
    periods: schedule.chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases }) => ({
      startSeconds: startPeriod,
      limit,
      phases: numberPhases ?? null,
    })),
    raw: {},
  };
}

const SetChargingProfile = z.object({
  connectorId: z.int().nonnegative(),
  csChargingProfiles: Profile16,
});

/** A TxProfile is for the transaction that runs, whether it is named or not [1.6 section 5.16.2]. */
export const setChargingProfile = answer(
  SetChargingProfile,
  (turn, { connectorId, csChargingProfiles }) => {
    const profile = profileOf16(turn.state, connectorId, csChargingProfiles);
    const session = findConnector(turn.state, connectorId)?.session;
    const meant = profile.purpose === 'tx' ? (profile.transaction ?? session?.number ?? -1) : null;
    const refusal = takeProfile(turn, { ...profile, transaction: meant }, 'replaced');
    return { status: refusal ? 'Rejected' : 'Accepted' };
  },
);

const ClearChargingProfile = z.object({
  id: z.int().optional(),
  connectorId: z.int().nonnegative().optional(),
  chargingProfilePurpose: Purpose.optional(),
  stackLevel: z.int().nonnegative().optional(),
});

export const clearChargingProfile = answer(ClearChargingProfile, ({ state }, request) => {
  const { id, connectorId, stackLevel, chargingProfilePurpose } = request;
  const purpose = chargingProfilePurpose && PURPOSE[chargingProfilePurpose];
  const criteria = id === undefined ? { connectorId, purpose, stackLevel } : { id };
  return { status: clearProfiles(state, criteria) ? 'Accepted' : 'Unknown' };
});

const GetCompositeSchedule = z.object({
  connectorId: z.int().nonnegative(),
  duration: z.int().positive(),
  chargingRateUnit: z.enum(['A', 'W']).optional(),
});

export const getCompositeSchedule = answer(GetCompositeSchedule, ({ state, now }, request) => {
  const { connectorId, duration, chargingRateUnit: unit = 'W' } = request;
  const connector = findConnector(state, connectorId) ?? null;
  if (!connector && connectorId !== 0) return { status: 'Rejected' };
  const electrics = connector ? electricsOf(connector) : stationElectrics(state);
  return {
    status: 'Accepted',
    connectorId,
    scheduleStart: stamp(state, now),
    chargingSchedule: {
      duration,
      startSchedule: stamp(state, now),
      chargingRateUnit: unit,
      chargingSchedulePeriod: scheduleAhead(state, connector, duration).map(({ at, watts }) => ({
        startPeriod: Math.round((at - now) / 1000),
        limit: stated(watts, unit, electrics),
        numberPhases: electrics.phases,
      })),
    },
  };
});
