import * as z from 'zod';

export const MonitorType = z.enum([
  'UpperThreshold',
  'LowerThreshold',
  'Delta',
  'Periodic',
  'PeriodicClockAligned',
]);

/** A watch over one variable (2.0.1). `path` is the variable's name in the device model. */
export const Monitor = z.object({
  id: z.int(),
  path: z.string(),
  type: MonitorType,
  value: z.number(),
  severity: z.int().min(0).max(9),
  transaction: z.boolean(),
  origin: z.enum(['HardWiredMonitor', 'PreconfiguredMonitor', 'CustomMonitor']),
  /** The value last told of (Delta), or whether the threshold is passed. */
  lastValue: z.string().nullable(),
  raised: z.boolean(),
  dueAt: z.number().nullable(),
});
export type Monitor = z.infer<typeof Monitor>;

export const Monitoring = z.object({
  base: z.enum(['All', 'FactoryDefault', 'HardWiredOnly']).default('All'),
  /** Events of a higher number (that is, less severe) are not sent. */
  level: z.int().default(9),
  lastEventId: z.int().default(0),
  /** Null while the monitors are those of the factory. */
  monitors: z.array(Monitor).readonly().nullable().default(null),
});
export type Monitoring = z.infer<typeof Monitoring>;
