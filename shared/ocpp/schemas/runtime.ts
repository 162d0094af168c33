import { fullFormats } from 'ajv-formats/dist/formats.js';

/** Length in code points, as JSON Schema counts. */
export function ucs2length(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

const rfc3339 = validatorOf(fullFormats['date-time']);
const uri = validatorOf(fullFormats.uri);

/**
 * What every later reader may rely on: RFC 3339 with a zone and at most milliseconds, which
 * `Date.parse` understands. (The full format alone also lets through a space for the `T` and a
 * leap second.)
 */
function dateTime(text: string): boolean {
  return (
    text.charAt(10) === 'T' &&
    !/\.\d{4}/.test(text) &&
    rfc3339(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

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
