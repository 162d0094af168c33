import { capabilitiesOf, lacking } from '#shared/chargers/capabilities.ts';
import { type Charger, OcppVersion } from '#shared/chargers/charger.ts';
import { AppError } from '#shared/core/errors.ts';
import type { Outbound } from '#shared/ocpp/action.ts';
import type { Vocabulary } from '#shared/ocpp/vocabulary.ts';

/**
 * The action that carries out a command at this charger: of those the version has for it, the first
 * the charger is capable of and that can say what is asked. Throws capability_not_supported.
 */
export function chooseAction(
  charger: Charger,
  { version, outbound }: Vocabulary,
  type: string,
  input: Readonly<Record<string, unknown>>,
): Outbound {
  const known = outbound.filter(({ command }) => command === type);
  // What it speaks now counts: it may not have booted yet, or speak another version since its boot.
  const speaking = { ...charger, ocpp_version: OcppVersion.parse(version.replace('ocpp', '')) };
  const able = capabilitiesOf(speaking);
  const fitting = known.filter(({ fits }) => fits(input));
  const chosen = fitting.find(({ capability }) => !capability || able[capability]);
  if (chosen) return chosen;
  const [missing] = fitting.flatMap(({ capability }) => capability ?? []);
  if (missing) throw lacking(speaking, missing);
  const what = known.length === 0 ? `has no ${type}` : `cannot say this ${type}`;
  throw new AppError('capability_not_supported', `${version} ${what}.`);
}
