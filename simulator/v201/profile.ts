import * as z from 'zod';
import type { ChargerState } from '#simulator/charger-state.ts';
import type { ChargingProfile } from '#simulator/profiles/charging-profile.ts';

const Instant = z.iso.datetime({ offset: true });

export const Purpose = z.enum([
  'ChargingStationExternalConstraints',
  'ChargingStationMaxProfile',
  'TxDefaultProfile',
  'TxProfile',
]);

/** 2.0.1's words for what a profile is for. */
export const PURPOSE = {
  ChargingStationExternalConstraints: 'external',
  ChargingStationMaxProfile: 'station_max',
  TxDefaultProfile: 'tx_default',
  TxProfile: 'tx',
} as const;

const Schedule = z.looseObject({
  id: z.int(),
  startSchedule: Instant.optional(),
  duration: z.int().optional(),
  chargingRateUnit: z.enum(['W', 'A']),
  chargingSchedulePeriod: z
    .array(
      z.looseObject({
        startPeriod: z.int().nonnegative(),
        limit: z.number(),
        numberPhases: z.int().positive().optional(),
      }),
    )
    .min(1)
    .max(1024),
});

/** A profile as 2.0.1 writes it; nothing of it is lost, for it may be asked back. */
export const Profile201 = z
  .looseObject({
    id: z.int(),
    stackLevel: z.int(),
    chargingProfilePurpose: Purpose,
    chargingProfileKind: z.enum(['Absolute', 'Recurring', 'Relative']),
    recurrencyKind: z.enum(['Daily', 'Weekly']).optional(),
    validFrom: Instant.optional(),
    validTo: Instant.optional(),
    chargingSchedule: z.array(Schedule).min(1).max(3),
    transactionId: z.string().max(36).optional(),
  })
  .refine((one) => one.chargingProfileKind !== 'Recurring' || one.recurrencyKind !== undefined);
type Profile201 = z.infer<typeof Profile201>;

const instant = (text: string | undefined): number | null =>
  text === undefined ? null : Date.parse(text);

/** In nobody's dialect. Of alternatives for an ISO 15118 car we take the first. */
export function profileOf201(
  { connectors }: ChargerState,
  evseId: number,
  profile: Profile201,
): ChargingProfile {
  const [schedule] = profile.chargingSchedule;
  const runs = connectors.find(({ session }) => session?.id === profile.transactionId);
  const kinds = { Absolute: 'absolute', Relative: 'relative', Recurring: 'daily' } as const;
  const purpose = PURPOSE[profile.chargingProfilePurpose];
  return {
    id: profile.id,
    connectorId: evseId,
    purpose,
    stackLevel: profile.stackLevel,
    kind: profile.recurrencyKind === 'Weekly' ? 'weekly' : kinds[profile.chargingProfileKind],
    transaction: purpose === 'tx' ? (runs?.session?.number ?? -1) : null,
    validFrom: instant(profile.validFrom),
    validTo: instant(profile.validTo),
    startsAt: instant(schedule?.startSchedule),
    durationSeconds: schedule?.duration ?? null,
    unit: schedule?.chargingRateUnit ?? 'W',
    periods: (schedule?.chargingSchedulePeriod ?? []).map((period) => ({
      startSeconds: period.startPeriod,
      limit: period.limit,
      phases: period.numberPhases ?? null,
    })),
    raw: profile,
  };
}
