import type { ChargerState, Reading } from '#simulator/charger-state.ts';
import { type Sample, withQuirk } from '#simulator/physics/meter-quirks.ts';

/** The measurands a charger can report. */
export const MEASURANDS = [
  'Energy.Active.Import.Register',
  'Power.Active.Import',
  'Current.Import',
  'Voltage',
  'SoC',
];

/** A reading as samples of the measurands listed; of a meter that goes wrong, as it goes wrong. */
export function samplesOf(
  { misbehave }: Pick<ChargerState, 'misbehave'>,
  reading: Reading,
  measurands: string,
): Sample[] {
  const wanted = measurands.split(',').map((one) => one.trim());
  const { energyWh, powerW, phases, socPercent, context } = reading;
  const energy = misbehave.wrongUnit ? energyWh / 1000 : energyWh;
  const samples: Omit<Sample, 'context'>[] = [
    { measurand: 'Energy.Active.Import.Register', value: energy, unit: 'Wh' },
    { measurand: 'Power.Active.Import', value: powerW, unit: 'W' },
    ...phases.flatMap(({ name, volts, amps }) => [
      { measurand: 'Current.Import', value: amps, unit: 'A', ...onLine(name) },
      { measurand: 'Voltage', value: volts, unit: 'V', ...toNeutral(name) },
    ]),
    ...(socPercent === null
      ? []
      : [{ measurand: 'SoC', value: socPercent, unit: 'Percent', location: 'EV' }]),
  ];
  const sound: Sample[] = samples
    .filter(({ measurand }) => wanted.includes(measurand))
    .map((sample) => ({ ...sample, context }));
  return (misbehave.meter ?? []).reduce(withQuirk, sound);
}

/** Direct current has no phases. */
const onLine = (name: string): { phase?: string } => (name === 'DC' ? {} : { phase: name });
const toNeutral = (name: string): { phase?: string } =>
  name === 'DC' ? {} : { phase: `${name}-N` };
