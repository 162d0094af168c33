import * as z from 'zod';

export const ChargerOptions = z.object({
  seed: z.int().default(1),
  /** Charging and metering run this many times faster; clocks and timeouts do not. */
  speed: z.number().positive().default(1),
  /** How long a remotely started driver takes to plug in; null: never by himself. */
  plugInDelayMs: z.int().nonnegative().nullable().default(2000),
  /** How long a car stays after its transaction ended; null: until told. */
  unplugDelayMs: z.int().nonnegative().nullable().default(15_000),
  rebootMs: z.int().nonnegative().default(3000),
  callTimeoutMs: z.int().positive().default(30_000),
  /** Overrules the interval the platform asks for. */
  heartbeatSeconds: z.int().positive().nullable().default(null),
  /** Configuration keys that differ from the dialect's defaults. */
  variables: z.record(z.string(), z.string()).default({}),
  /** How long each stage of a firmware update takes. */
  firmwareStageMs: z.int().nonnegative().default(1000),
  /** Whether the signature of a firmware image is checked where one is given. */
  checkSignatures: z.boolean().default(true),
  /** Whether start-ups, resets and changes of security settings are told as security events. */
  securityEvents: z.boolean().default(false),
});
export type ChargerOptions = z.infer<typeof ChargerOptions>;
/** Options as somebody chooses them: what he leaves out is settled by default. */
export type ChosenOptions = z.input<typeof ChargerOptions>;
