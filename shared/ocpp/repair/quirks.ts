import * as z from 'zod';
import { Quirk } from '#shared/ocpp/repair/quirk.ts';
import file from '#shared/ocpp/repair/quirks.json' with { type: 'json' };

/** What a charger says of itself when it boots. */
export interface Make {
  readonly vendor_name: string | null;
  readonly model: string | null;
  readonly firmware_version: string | null;
}

/** The quirks that are known; a wrong entry stops every start. */
export const quirks: readonly Quirk[] = z
  .array(Quirk)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'Each id once')
  .parse(file);

/** The quirks of a charger, in the order of the file. */
export const quirksOf = ({ vendor_name, model, firmware_version }: Make): Quirk[] =>
  quirks.filter(
    ({ match }) =>
      fits(match.vendor, vendor_name) &&
      fits(match.model, model) &&
      fits(match.firmware, firmware_version),
  );

/** Whether other firmware would give the charger other quirks: what is known of it holds until it boots. */
export const dependsOnFirmware = ({ vendor_name, model }: Make): boolean =>
  quirks.some(
    ({ match }) =>
      match.firmware !== undefined && fits(match.vendor, vendor_name) && fits(match.model, model),
  );

/** Where no pattern is given, anything fits, nothing included. */
function fits(patterns: string | readonly string[] | undefined, text: string | null): boolean {
  if (patterns === undefined) return true;
  return text !== null && [patterns].flat().some((pattern) => matcher(pattern).test(text.trim()));
}

const matchers = new Map<string, RegExp>();

function matcher(pattern: string): RegExp {
  const known = matchers.get(pattern);
  if (known) return known;
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const made = new RegExp(`^${parts.join('.*')}$`, 'is');
  matchers.set(pattern, made);
  return made;
}
