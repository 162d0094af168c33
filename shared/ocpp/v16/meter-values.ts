import type { Salvaged } from '#shared/ocpp/action.ts';
import { toSample } from '#shared/ocpp/sampled-values.ts';
import type { Payload } from '#shared/ocpp/schemas/messages.ts';
import type { Sample } from '#shared/sessions/sample.ts';

type MeterValue = Payload<'ocpp1.6', 'MeterValues', 'request'>['meterValue'][number];

/** 1.6 meter values in our units, oldest first; `now` stands in for a time that was unreadable. */
export const samplesOf = (
  meterValues: readonly Salvaged<MeterValue>[] | undefined,
  now: string,
): Sample[] =>
  (meterValues ?? [])
    .map(({ timestamp, sampledValue }) =>
      toSample(
        timestamp ?? now,
        (sampledValue ?? [])
          .filter(
            (v) => v.format !== 'SignedData' && v.value !== undefined && v.value.trim() !== '',
          )
          .map((v) => ({
            value: Number(v.value),
            measurand: v.measurand ?? 'Energy.Active.Import.Register',
            unit: v.unit,
            phase: v.phase,
            location: v.location,
            context: v.context ?? 'Sample.Periodic',
          })),
      ),
    )
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
