import * as z from 'zod';

/** A stretch of a schedule, from its start (in seconds of the schedule) to the next one's. */
export const SchedulePeriod = z.object({
  startSeconds: z.number().nonnegative(),
  limit: z.number(),
  phases: z.int().nullable(),
});
export type SchedulePeriod = z.infer<typeof SchedulePeriod>;

/** A charging profile in nobody's dialect. `raw` is as it came, for reports. */
export const ChargingProfile = z.object({
  id: z.int(),
  /** 0 is the station as a whole. */
  connectorId: z.int(),
  purpose: z.enum(['station_max', 'external', 'tx_default', 'tx']),
  stackLevel: z.int(),
  kind: z.enum(['absolute', 'relative', 'daily', 'weekly']),
  /** Our own count of the transaction a `tx` profile is for. */
  transaction: z.int().nullable(),
  validFrom: z.number().nullable(),
  validTo: z.number().nullable(),
  startsAt: z.number().nullable(),
  durationSeconds: z.number().nullable(),
  unit: z.enum(['W', 'A']),
  periods: z.array(SchedulePeriod).min(1),
  raw: z.record(z.string(), z.unknown()),
});
export type ChargingProfile = z.infer<typeof ChargingProfile>;
