import type { Violation } from '#shared/ocpp/schemas/violation.ts';

/**
 * What must go so that everything left is valid, or undefined where something is only missing: a
 * field that is absent can still be read around, a wrong one cannot.
 */
export function pathToDrop({ path, keyword }: Violation): string | undefined {
  const custom = /^.*?\/customData(?=\/|$)/.exec(path)?.[0];
  if (custom) return custom;
  const reading = /^.*?\/sampledValue\/\d+(?=\/|$)/.exec(path)?.[0];
  if (reading) return partOfReading(reading, path.slice(reading.length));
  if (keyword !== 'required') return path;
  return /^(.*\/(?:meterValue|transactionData)\/\d+)\/sampledValue$/.exec(path)?.[1];
}

/**
 * A reading without its measurand, unit or phase would be read as another quantity, so it goes
 * whole. Its signature says nothing about the others when broken; why it was taken changes nothing.
 */
function partOfReading(reading: string, rest: string): string {
  const part = /^\/(signedMeterValue|context)(?=\/|$)/.exec(rest)?.[0] ?? '';
  return reading + part;
}
