import { defineInbound } from '#shared/ocpp/action.ts';
import type { ChargingProfileType } from '#shared/ocpp/schemas/generated/ocpp2.0.1/messages.ts';
import { purposeOf, sourceOf } from '#shared/ocpp/v201/profile-words.ts';
import { type FoundProfile, takeProfileReport } from '#shared/smart-charging/report-profiles.ts';

const kindOf = { Absolute: 'absolute', Relative: 'relative', Recurring: 'recurring' } as const;
const recurrenceOf = { Daily: 'daily', Weekly: 'weekly' } as const;

/** A part of what the charger has: each EVSE and source comes by itself, the last says so (K09). */
export const reportChargingProfiles = defineInbound('ocpp2.0.1', 'ReportChargingProfiles', {
  example: {
    requestId: 7,
    chargingLimitSource: 'CSO',
    evseId: 1,
    chargingProfile: [
      {
        id: 3,
        stackLevel: 0,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule: [
          {
            id: 3,
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400 }],
          },
        ],
      },
    ],
  },
  async handle({ request, peer }, ctx) {
    const { requestId, chargingLimitSource, chargingProfile, tbc = false, evseId } = request;
    await takeProfileReport(ctx, peer.chargerId, {
      number: requestId,
      source: sourceOf[chargingLimitSource],
      evse_id: evseId,
      profiles: chargingProfile.flatMap(found),
      more: tbc,
    });
    return {};
  },
});

/** Of several schedules, which a vehicle may choose from, the first is shown. */
function found(profile: ChargingProfileType): FoundProfile[] {
  const [schedule] = profile.chargingSchedule;
  if (!schedule) return [];
  const { recurrencyKind, validFrom, validTo, transactionId } = profile;
  return [
    {
      number: profile.id,
      purpose: purposeOf[profile.chargingProfilePurpose],
      stack_level: profile.stackLevel,
      kind: kindOf[profile.chargingProfileKind],
      recurrence: recurrencyKind ? recurrenceOf[recurrencyKind] : null,
      valid_from: validFrom ?? null,
      valid_to: validTo ?? null,
      starts_at: schedule.startSchedule ?? null,
      duration_seconds: schedule.duration ?? null,
      transaction_id: transactionId ?? null,
      unit: schedule.chargingRateUnit,
      periods: schedule.chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases }) => ({
        start_seconds: startPeriod,
        limit,
        phases: numberPhases ?? null,
      })),
      min_rate: schedule.minChargingRate ?? null,
    },
  ];
}
