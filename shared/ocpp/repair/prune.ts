import type { Violation } from '#shared/ocpp/schemas/violation.ts';

/**
 * What must go so that everything left is valid, or undefined where something is only missing, or an
 * id too long: these can still be read, a wrong field cannot.
 */
export function pathToDrop(violation: Violation, value: unknown): string | undefined {
  const { path, keyword } = violation;
  if (isLongIdentity(violation, value)) return undefined;
  const custom = /^.*?\/customData(?=\/|$)/.exec(path)?.[0];
  if (custom) return custom;
  const reading = /^.*?\/sampledValue\/\d+(?=\/|$)/.exec(path)?.[0];
  if (reading) return partOfReading(reading, path.slice(reading.length));
  if (keyword !== 'required') return path;
  return /^(.*\/(?:meterValue|transactionData)\/\d+)\/sampledValue$/.exec(path)?.[1];
}

const identities = ['/idTag', '/idToken/idToken', '/transactionInfo/transactionId'];
/** Ids end up in keys. */
const LONGEST_ID = 255;

/** Who charged and in which transaction is kept whole, though longer than the version allows. */
export const isLongIdentity = ({ path, keyword }: Violation, value: unknown): boolean =>
  keyword === 'maxLength' &&
  identities.includes(path) &&
  typeof value === 'string' &&
  value.length <= LONGEST_ID;

/**
 * A reading without its measurand, unit or phase would be read as another quantity, so it goes
 * whole. Its signature says nothing about the others when broken; why it was taken changes nothing.
 */
function partOfReading(reading: string, rest: string): string {
  const part = /^\/(signedMeterValue|context)(?=\/|$)/.exec(rest)?.[0] ?? '';
  return reading + part;
}
