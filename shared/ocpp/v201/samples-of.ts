import type { Salvaged } from '#shared/ocpp/action.ts';
import { toSamples } from '#shared/ocpp/sampled-values.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import type { Sample } from '#shared/sessions/sample.ts';

type MeterValue = Payload<'ocpp2.0.1', 'MeterValues', 'request'>['meterValue'][number];

/** 2.0.1 meter values in our units, oldest first: the value stands times ten to the multiplier. */
export const samplesOf = (
  meterValues: readonly Salvaged<MeterValue>[] | undefined,
  now: string,
): Sample[] =>
  toSamples(meterValues, now, ({ value, unitOfMeasure: { multiplier = 0, unit } = {} }) =>
    value === undefined ? undefined : { value: scaled(Number(value), multiplier), unit },
  );

/** Dividing by a power of ten keeps a decimal exact where multiplying by 0.001 would not. */
const scaled = (value: number, multiplier: number): number =>
  multiplier < 0 ? value / 10 ** -multiplier : value * 10 ** multiplier;
