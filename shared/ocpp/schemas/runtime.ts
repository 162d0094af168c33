import { fullFormats } from 'ajv-formats/dist/formats.js';

/** Length in code points, as JSON Schema counts. */
export function ucs2length(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

const rfc3339 = validatorOf(fullFormats['date-time']);
const uri = validatorOf(fullFormats.uri);

const canonical = /^.{10}T.{8}(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

/**
 * What every later reader may rely on: RFC 3339 with a zone and at most milliseconds, which
 * `Date.parse` understands. (The full format alone also lets through a space for the `T`, a zone
 * without colon, and a leap second.)
 */
const dateTime = (text: string): boolean =>
  canonical.test(text) && rfc3339(text) && !Number.isNaN(Date.parse(text));

/** The formats that the generated validators name. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': dateTime,
  uri,
};

function validatorOf(format: unknown): (text: string) => boolean {
  const check =
    typeof format === 'object' && format !== null && 'validate' in format
      ? format.validate
      : format;
  if (typeof check !== 'function') throw new Error('ajv-formats no longer offers this format.');
  return (text) => Boolean(check(text));
}
