import { defineInbound } from '#shared/ocpp/action.ts';
import { takeVehicleSchedule } from '#shared/smart-charging/take-vehicle-schedule.ts';

/** How the vehicle means to charge; rejected where that is more than its limits allow (K17). */
export const notifyEvChargingSchedule = defineInbound('ocpp2.0.1', 'NotifyEVChargingSchedule', {
  example: {
    timeBase: '2026-11-22T10:00:00Z',
    evseId: 1,
    chargingSchedule: {
      id: 1,
      duration: 3600,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400 }],
    },
  },
  async handle({ request: { timeBase, evseId, chargingSchedule }, peer }, ctx) {
    const { duration, chargingRateUnit, chargingSchedulePeriod } = chargingSchedule;
    const isWithin = await takeVehicleSchedule(ctx, peer.chargerId, evseId, {
      starts_at: timeBase,
      duration_seconds: duration ?? null,
      unit: chargingRateUnit,
      periods: chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases }) => ({
        start_seconds: startPeriod,
        limit,
        phases: numberPhases ?? null,
      })),
    });
    return { status: isWithin ? ('Accepted' as const) : ('Rejected' as const) };
  },
});
