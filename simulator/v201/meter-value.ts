import type { ChargerState, Reading } from '#simulator/charger-state.ts';
import type { Sample } from '#simulator/physics/meter-quirks.ts';
import { samplesOf } from '#simulator/physics/samples.ts';
import { stamp } from '#simulator/stamp.ts';
import type { Payload } from '#simulator/turn.ts';

/** A reading as a 2.0.1 MeterValue, of the measurands listed: values are numbers. */
export function meterValue(state: ChargerState, reading: Reading, measurands: string): Payload {
  const asText = state.misbehave.meter?.includes('wrong_type');
  return {
    timestamp: stamp(state, reading.at),
    sampledValue: samplesOf(state, reading, measurands).map(({ unit, signed, ...sample }) => ({
      ...sample,
      ...(asText ? { value: String(sample.value) } : {}),
      ...(unit === undefined ? {} : { unitOfMeasure: { unit, multiplier: 0 } }),
      ...(signed === undefined ? {} : { signedMeterValue: signature(signed) }),
    })),
  };
}

const signature = (signed: NonNullable<Sample['signed']>): Payload => ({
  signedMeterData: Buffer.from(signed).toString('base64'),
  signingMethod: 'ECDSA-secp256r1-SHA256',
  encodingMethod: 'OCMF',
  publicKey: '',
});
