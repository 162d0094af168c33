import type { ChargerState, Reading } from '#simulator/charger-state.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload } from '#simulator/turn.ts';

type Sample = { measurand: string; value: string; unit: string; phase?: string; location?: string };

/** A reading as a 1.6 MeterValue, of the measurands listed: values are text, energy a whole number of Wh. */
export function meterValue(state: ChargerState, reading: Reading, measurands: string): Payload {
  const wanted = measurands.split(',').map((one) => one.trim());
  const samples = samplesOf(state, reading).filter(({ measurand }) => wanted.includes(measurand));
  return {
    timestamp: stamp(state, reading.at),
    sampledValue: samples.map((sample) => ({ ...sample, context: reading.context })),
  };
}

function samplesOf({ misbehave }: ChargerState, reading: Reading): Sample[] {
  const { energyWh, powerW, phases, socPercent } = reading;
  const energy = misbehave.wrongUnit ? energyWh / 1000 : energyWh;
  return [
    { measurand: 'Energy.Active.Import.Register', value: String(energy), unit: 'Wh' },
    { measurand: 'Power.Active.Import', value: String(powerW), unit: 'W' },
    ...phases.flatMap(({ name, volts, amps }): Sample[] => [
      { measurand: 'Current.Import', value: String(amps), unit: 'A', ...onLine(name) },
      { measurand: 'Voltage', value: String(volts), unit: 'V', ...toNeutral(name) },
    ]),
    ...(socPercent === null
      ? []
      : [{ measurand: 'SoC', value: String(socPercent), unit: 'Percent', location: 'EV' }]),
  ];
}

/** Direct current has no phases. */
const onLine = (name: string): { phase?: string } => (name === 'DC' ? {} : { phase: name });
const toNeutral = (name: string): { phase?: string } =>
  name === 'DC' ? {} : { phase: `${name}-N` };
