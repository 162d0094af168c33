import { registerOf } from '#shared/sessions/read-meter.ts';
import { noReadings, type Sample } from '#shared/sessions/sample.ts';

/** One sampled value in the words both versions share, defaults filled in (gotcha 31). */
export interface SampledValue {
  readonly value: number;
  readonly measurand: string;
  readonly unit: string | undefined;
  readonly phase: string | undefined;
  readonly location: string | undefined;
  readonly context: string | undefined;
}

/** A sampled value as either version sends it. */
interface Sent {
  readonly measurand?: string | undefined;
  readonly phase?: string | undefined;
  readonly location?: string | undefined;
  readonly context?: string | undefined;
}

interface MeterValue<V> {
  readonly timestamp?: string | undefined;
  readonly sampledValue?: readonly V[] | undefined;
}

/**
 * Meter values in our units, oldest first. `read` gives the number and unit of a sampled value, or
 * undefined where it is none; `now` stands in for a time that was unreadable.
 */
export const toSamples = <V extends Sent>(
  meterValues: readonly MeterValue<V>[] | undefined,
  now: string,
  read: (sent: V) => { value: number; unit: string | undefined } | undefined,
): Sample[] =>
  (meterValues ?? [])
    .map(({ timestamp, sampledValue = [] }) =>
      toSample(
        timestamp ?? now,
        sampledValue.flatMap((sent) => {
          const { measurand = 'Energy.Active.Import.Register', context = 'Sample.Periodic' } = sent;
          const { phase, location } = sent;
          const number = read(sent);
          return number ? [{ ...number, measurand, context, phase, location }] : [];
        }),
      ),
    )
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));

/** What of one meter value concerns a charge: the rest stays in the raw frame. */
function toSample(at: string, values: readonly SampledValue[]): Sample {
  const context = values.find((v) => v.context)?.context;
  const energy = pick(values, 'Energy.Active.Import.Register', sum);
  const power = pick(values, 'Power.Active.Import', sum);
  return {
    ...noReadings,
    at,
    registerWh: energy && registerOf(energy.value * kilo(energy.unit)),
    powerW: power && Math.round(power.value * kilo(power.unit)),
    currentA: pick(values, 'Current.Import', largest)?.value ?? null,
    voltageV: pick(values, 'Voltage', largest)?.value ?? null,
    socPercent: percent(pick(values, 'SoC', largest)?.value),
    temperatureC: celsius(pick(values, 'Temperature', largest)),
    context: context ? (contexts[context] ?? null) : null,
  };
}

/** Nothing at a charger measures more: beyond that a number is noise. */
const isCredible = (value: number) => Math.abs(value) <= 1e12;

interface Picked {
  readonly value: number;
  readonly unit: string | undefined;
}

/** The total where the charger gives one, else its phases together; the outlet's before any other place. */
function pick(
  values: readonly SampledValue[],
  measurand: string,
  together: (values: readonly number[]) => number,
): Picked | null {
  const all = values.filter((v) => v.measurand === measurand && isCredible(v.value));
  const outlet = all.filter((v) => (v.location ?? 'Outlet') === 'Outlet');
  const found = outlet.length > 0 ? outlet : all;
  const whole = found.find((v) => v.phase === undefined);
  if (whole) return { value: whole.value, unit: whole.unit };
  const phases = found.filter((v) => /^L[123](-N)?$/.test(v.phase ?? ''));
  const [first] = phases;
  return first ? { value: together(phases.map((v) => v.value)), unit: first.unit } : null;
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const largest = (values: readonly number[]) => Math.max(...values);
const kilo = (unit: string | undefined) => (/^k/.test(unit ?? '') ? 1000 : 1);

/** A gauge that says more than 100 % or less than none is broken. */
const percent = (value: number | undefined) =>
  value !== undefined && value >= 0 && value <= 100 ? value : null;

function celsius(picked: Picked | null): number | null {
  if (!picked) return null;
  const { value, unit } = picked;
  if (unit === 'Fahrenheit') return Math.round(((value - 32) * 50) / 9) / 10;
  return unit === 'K' ? Math.round((value - 273.15) * 10) / 10 : value;
}

const contexts: Readonly<Record<string, string>> = {
  'Sample.Periodic': 'periodic',
  'Sample.Clock': 'clock',
  'Transaction.Begin': 'begin',
  'Transaction.End': 'end',
  'Interruption.Begin': 'interruption_begin',
  'Interruption.End': 'interruption_end',
  Trigger: 'trigger',
  Other: 'other',
};
