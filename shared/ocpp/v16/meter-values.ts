import type { Salvaged } from '#shared/ocpp/action.ts';
import { toSamples } from '#shared/ocpp/sampled-values.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import type { Sample } from '#shared/sessions/sample.ts';

type MeterValue = Payload<'ocpp1.6', 'MeterValues', 'request'>['meterValue'][number];

/** 1.6 meter values in our units, oldest first; `now` stands in for a time that was unreadable. */
export const samplesOf = (
  meterValues: readonly Salvaged<MeterValue>[] | undefined,
  now: string,
): Sample[] =>
  toSamples(meterValues, now, ({ format, value, unit }) => {
    const isNumber = format !== 'SignedData' && value !== undefined && value.trim() !== '';
    return isNumber ? { value: Number(value), unit } : undefined;
  });
