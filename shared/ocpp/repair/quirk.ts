import * as z from 'zod';
import { ocppVersions } from '#shared/ocpp/version.ts';

/** `*` stands for any text; case does not matter. Several patterns: any of them. */
const Pattern = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** An IANA zone, or that of the site the charger stands at. */
const Zone = z
  .string()
  .refine((zone) => zone === 'site' || isZone(zone), 'Neither `site` nor an IANA time zone');

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** What is done to every request of a charger with the quirk, each by the file quirk-repairs.ts. */
export const QuirkRepairs = z
  .strictObject({
    /** Energy is counted in kWh, whatever unit is written there. */
    energy_unit: z.literal('kWh_as_Wh'),
    /** Power is measured in kW, whatever unit is written there. */
    power_unit: z.literal('kW_as_W'),
    /** Samples count from the start of the charge, while start and stop tell the meter's register. */
    register: z.literal('session_in_samples'),
    /** A register of exactly 0 among the samples is no reading. */
    zero_register: z.literal('drop'),
    /** The reading of the beginning is repeated beside each new one. */
    repeated_begin: z.literal('drop'),
    /** The current of the one phase there is, reported as the neutral conductor's. */
    neutral_current: z.enum(['L1', 'L2', 'L3']),
    /** Its clock shows local time, which it writes without a zone, or as if it were UTC. */
    timezone: z.strictObject({ zone: Zone, written: z.enum(['without_zone', 'as_utc']) }),
    /** The connector meant where none is named. */
    missing_connector: z.int().positive(),
  })
  .partial()
  .refine((repairs) => Object.keys(repairs).length > 0, 'At least one repair');
export type QuirkRepairs = z.infer<typeof QuirkRepairs>;

/** One way in which certain chargers depart from the specification, and how they are read all the same. */
export const Quirk = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  match: z.strictObject({
    vendor: Pattern,
    model: Pattern.optional(),
    firmware: Pattern.optional(),
  }),
  repairs: QuirkRepairs,
  /** What the charger does, and what would go wrong. */
  why: z.string().min(20),
  /** Where it was reported in public. */
  source: z.string().min(5),
  /** A charger that has it, and what becomes of a message of it. Each is a test. */
  example: z.strictObject({
    charger: z.strictObject({ vendor: z.string(), model: z.string(), firmware: z.string() }),
    version: z.enum(ocppVersions),
    action: z.string(),
    before: z.record(z.string(), z.unknown()),
    after: z.record(z.string(), z.unknown()),
  }),
});
export type Quirk = z.infer<typeof Quirk>;
