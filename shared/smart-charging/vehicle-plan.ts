import * as z from 'zod';

/** What a vehicle asks of its charge (ISO 15118). */
export const ChargingNeeds = z
  .object({
    departure_at: z.string().nullable(),
    energy_kwh: z.number().nullable(),
    max_power_kw: z.number().nullable(),
    min_power_kw: z.number().nullable(),
    max_current_a: z.number().nullable(),
    phases: z.int().nullable(),
    soc_percent: z.number().nullable(),
    told_at: z.string(),
  })
  .meta({ id: 'ChargingNeeds', description: 'What the vehicle said that it needs.' });
export type ChargingNeeds = z.infer<typeof ChargingNeeds>;

/** How a vehicle means to charge. */
export const VehicleSchedule = z
  .object({
    starts_at: z.string(),
    duration_seconds: z.int().nullable(),
    periods: z.array(
      z.object({
        start_seconds: z.int().nonnegative(),
        power_kw: z.number().nullable(),
        current_a: z.number().nullable(),
      }),
    ),
    within_limits: z.boolean(),
    told_at: z.string(),
  })
  .meta({ id: 'VehicleSchedule', description: 'How the vehicle means to charge.' });
export type VehicleSchedule = z.infer<typeof VehicleSchedule>;

/** The schedule that a session's vehicle was offered last. */
export const ScheduleOffer = z.object({
  command_id: z.string(),
  /** As many as the vehicle takes. */
  max_periods: z.int(),
  /** It was offered because the vehicle meant to take more than the one before allowed. */
  is_anew: z.boolean(),
});
export type ScheduleOffer = z.infer<typeof ScheduleOffer>;
