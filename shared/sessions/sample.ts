import * as z from 'zod';
import { kwhOfWh, kwOfW } from '#shared/core/units.ts';

/** What a charger measured at one instant, in our units. Protocols make these. */
export interface Sample {
  /** The charger's own time. */
  readonly at: string;
  readonly registerWh: number | null;
  readonly powerW: number | null;
  readonly currentA: number | null;
  readonly voltageV: number | null;
  readonly socPercent: number | null;
  readonly temperatureC: number | null;
  /** `periodic`, `clock`, `begin`, `end`, … as the charger says; null where it does not. */
  readonly context: string | null;
}

export const noReadings = {
  registerWh: null,
  powerW: null,
  currentA: null,
  voltageV: null,
  socPercent: null,
  temperatureC: null,
  context: null,
} as const;

const n = z.number().nullable();

/**
 * A sample as its row holds it, a tuple, since there are a great many:
 * time, Wh since the start, register Wh, W, A, V, SoC percent, degrees C, context.
 */
export const PackedSample = z.tuple([z.string(), n, n, n, n, n, n, n, z.string().nullable()]);
export type PackedSample = z.infer<typeof PackedSample>;

export const packSample = (sample: Sample, at: string, energyWh: number): PackedSample => [
  at,
  sample.registerWh === null ? null : energyWh,
  sample.registerWh,
  sample.powerW,
  sample.currentA,
  sample.voltageV,
  sample.socPercent,
  sample.temperatureC,
  sample.context,
];

/** One reading as the series shows it. */
export const MeterSample = z
  .object({
    at: z.iso.datetime().meta({
      description: "The charger's time, corrected where its clock is known to be wrong.",
    }),
    energy_kwh: z.number().nullable().meta({ description: 'Since the start of the session.' }),
    register_kwh: z.number().nullable().meta({ description: 'The meter itself.' }),
    power_kw: z.number().nullable(),
    current_a: z.number().nullable(),
    voltage_v: z.number().nullable(),
    soc_percent: z.number().nullable(),
    temperature_c: z.number().nullable(),
    context: z.string().nullable(),
  })
  .meta({ id: 'MeterSample', description: 'What the charger measured at one instant.' });
export type MeterSample = z.infer<typeof MeterSample>;

export function meterSample(packed: PackedSample): MeterSample {
  const [at, energy, register, power, current, voltage, soc, temperature, context] = packed;
  return {
    at,
    energy_kwh: energy === null ? null : kwhOfWh(energy),
    register_kwh: register === null ? null : kwhOfWh(register),
    power_kw: power === null ? null : kwOfW(power),
    current_a: current,
    voltage_v: voltage,
    soc_percent: soc,
    temperature_c: temperature,
    context,
  };
}
