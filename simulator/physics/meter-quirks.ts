import type { Misbehaviour } from '#simulator/misbehaviour.ts';

/** One sampled value, in nobody's dialect. */
export type Sample = {
  measurand: string;
  value: number | string;
  unit?: string;
  phase?: string;
  location?: string;
  context: string;
  /** The value as the meter signed it. */
  signed?: string;
};

type Quirk = NonNullable<Misbehaviour['meter']>[number];

const ENERGY = 'Energy.Active.Import.Register';
const isEnergy = ({ measurand }: Sample): boolean => measurand === ENERGY;
const contextOf = (samples: Sample[]): string => samples[0]?.context ?? 'Sample.Periodic';

/** What each way of going wrong makes of the samples. Those of the reading itself or of its writing leave them. */
const QUIRKS: Record<Quirk, (samples: Sample[]) => Sample[]> = {
  session_energy: (samples) => samples,
  wrong_type: (samples) => samples,
  hertz: (samples) => [
    ...samples,
    { measurand: 'Frequency', value: 50, unit: 'Hz', context: contextOf(samples) },
  ],
  celcius: (samples) => [
    ...samples,
    { measurand: 'Temperature', value: 31, unit: 'Celcius', context: contextOf(samples) },
  ],
  wrong_context: (samples) => samples.map((one) => ({ ...one, context: 'Sample.Clocked' })),
  phase_n: (samples) => [
    ...samples,
    { measurand: 'Current.Import', value: 0, unit: 'A', phase: 'N', context: contextOf(samples) },
  ],
  not_numeric: (samples) => samples.map((one) => (isEnergy(one) ? one : { ...one, value: '---' })),
  energy_by_phase: (samples) => samples.flatMap((one) => (isEnergy(one) ? byPhase(one) : [one])),
  no_units: (samples) => samples.map(({ unit: _, ...rest }) => rest),
  signed: (samples) =>
    samples.map((one) => (isEnergy(one) ? { ...one, signed: ocmf(one.value) } : one)),
};

/** A third of the register on each line. */
const byPhase = (sample: Sample): Sample[] =>
  ['L1', 'L2', 'L3'].map((phase) => ({ ...sample, phase, value: Number(sample.value) / 3 }));

/** A reading in the Open Charge Metering Format, under a signature that proves nothing. */
const ocmf = (value: number | string): string =>
  `OCMF|{"FV":"1.0","GI":"MX","PG":"T1","RD":[{"RV":${value},"RU":"Wh","ST":"G"}]}|{"SD":"00"}`;

export const withQuirk = (samples: Sample[], quirk: Quirk): Sample[] => QUIRKS[quirk](samples);
