import type { ChargerState, Reading } from '#simulator/charger-state.ts';
import type { Sample } from '#simulator/physics/meter-quirks.ts';
import { samplesOf } from '#simulator/physics/samples.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload } from '#simulator/turn.ts';

/** A reading as a 1.6 MeterValue, of the measurands listed: values are text, energy a whole number of Wh. */
export function meterValue(state: ChargerState, reading: Reading, measurands: string): Payload {
  const asNumber = state.misbehave.meter?.includes('wrong_type');
  return {
    timestamp: stamp(state, reading.at),
    sampledValue: samplesOf(state, reading, measurands)
      .flatMap(withSigned)
      .map((sample) => (asNumber ? sample : { ...sample, value: String(sample.value) })),
  };
}

/** What is signed comes beside what is plain. */
function withSigned({ signed, ...plain }: Sample): Payload[] {
  return signed === undefined
    ? [plain]
    : [plain, { ...plain, format: 'SignedData', value: signed }];
}
