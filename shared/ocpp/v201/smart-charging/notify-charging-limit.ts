import { defineInbound } from '#shared/ocpp/action.ts';
import { sourceOf } from '#shared/ocpp/v201/profile-words.ts';
import { limitedFromOutside } from '#shared/smart-charging/outside-limit.ts';

/** Somebody else than we limits the charger: an energy manager on site, or the grid (K12, K13). */
export const notifyChargingLimit = defineInbound('ocpp2.0.1', 'NotifyChargingLimit', {
  example: {
    chargingLimit: { chargingLimitSource: 'EMS', isGridCritical: false },
    evseId: 1,
    chargingSchedule: [
      { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] },
    ],
  },
  async handle({ request, peer }, ctx) {
    const { chargingLimit, evseId = 0, chargingSchedule = [] } = request;
    const [schedule] = chargingSchedule;
    await limitedFromOutside(ctx, peer.chargerId, evseId, {
      source: sourceOf[chargingLimit.chargingLimitSource],
      is_grid_critical: chargingLimit.isGridCritical ?? null,
      starts_at: schedule?.startSchedule ?? null,
      duration_seconds: schedule?.duration ?? null,
      unit: schedule?.chargingRateUnit ?? 'W',
      periods: (schedule?.chargingSchedulePeriod ?? []).map((period) => ({
        start_seconds: period.startPeriod,
        limit: period.limit,
        phases: period.numberPhases ?? null,
      })),
    });
    return {};
  },
});
