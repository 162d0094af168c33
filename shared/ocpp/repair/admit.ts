import { applyQuirks } from '#shared/ocpp/repair/apply-quirks.ts';
import { type KnownQuirks, noQuirks } from '#shared/ocpp/repair/known-quirks.ts';
import { strangeNumbers } from '#shared/ocpp/repair/numbers.ts';
import { pathToDrop } from '#shared/ocpp/repair/prune.ts';
import { numberlessReadings } from '#shared/ocpp/repair/readings.ts';
import type { Repair } from '#shared/ocpp/repair/repair.ts';
import { rules } from '#shared/ocpp/repair/rules.ts';
import { type Change, valueAt, withChanges } from '#shared/ocpp/repair/tree.ts';
import type { Side } from '#shared/ocpp/schemas/messages.ts';
import { validatorFor } from '#shared/ocpp/schemas/validate.ts';
import type { Violation } from '#shared/ocpp/schemas/violation.ts';
import type { OcppVersion } from '#shared/ocpp/version.ts';

/** `P` is what the schema describes: `Payload<'ocpp1.6', 'StartTransaction', 'request'>`. */
export type Admission<P> =
  | {
      readonly accepted: 'strict' | 'repaired';
      readonly payload: P;
      readonly repairs: readonly Repair[];
    }
  | {
      /** Every field that is there is valid, but required ones may be absent and ids too long. */
      readonly accepted: 'flagged';
      readonly payload: Readonly<Record<string, unknown>>;
      readonly repairs: readonly Repair[];
      readonly violations: readonly Violation[];
    }
  | { readonly accepted: 'refused'; readonly violations: readonly Violation[] };

export interface AdmitOptions {
  /**
   * A message whose loss would lose a charge is never refused: what cannot be repaired is left out.
   */
  readonly moneyCarrying: boolean;
  readonly side?: Side;
  /** Of the charger that sent a request. */
  readonly quirks?: KnownQuirks | undefined;
}

/**
 * Inbound validation, for actions the version defines (`isAction`). What the charger is known to write
 * otherwise is read as it means it; then in two tiers: strictly as the schema says, else with the known
 * slips of chargers repaired, else (where money is at stake) with the invalid parts left out.
 */
export async function admit<P = unknown>(
  version: OcppVersion,
  action: string,
  raw: unknown,
  { moneyCarrying, side = 'request', quirks = noQuirks }: AdmitOptions,
): Promise<Admission<P>> {
  const validate = await validatorFor(version, action, side);
  const violationsOf = (candidate: unknown) => [
    ...(validate(candidate) ?? []),
    ...numberlessReadings(version, action, candidate),
    ...strangeNumbers(candidate),
  ];
  const isValid = (candidate: unknown): candidate is P => violationsOf(candidate).length === 0;

  const { payload, repairs: quirky } = applyQuirks(quirks, { version, action, payload: raw });
  const repairs: Repair[] = [...quirky];
  const untouched = repairs.length === 0;
  if (isValid(payload)) return { accepted: untouched ? 'strict' : 'repaired', payload, repairs };
  const repaired = settle(payload, violationsOf, repairs, (violation, value) => {
    for (const { name, mend } of rules) {
      const change = mend({ version, action, violation, value });
      if (change) return { rule: name, path: violation.path, change };
    }
    return undefined;
  });
  if (isValid(repaired)) return { accepted: 'repaired', payload: repaired, repairs };
  const violations = violationsOf(repaired);
  if (!moneyCarrying) return { accepted: 'refused', violations };

  const pruned = settle(repaired, violationsOf, repairs, (violation, value) => {
    const path = pathToDrop(violation, value);
    if (path === undefined) return undefined;
    const change = path === '' ? { value: {} } : 'drop';
    return { rule: 'invalid-part-dropped', path, change };
  });
  return { accepted: 'flagged', payload: { ...Object(pruned) }, repairs, violations };
}

type Cure = (
  violation: Violation,
  value: unknown,
) => { rule: string; path: string; change: Change } | undefined;

/** Cures all violations at once, and again as long as that brings new curable ones to light. */
function settle(
  payload: unknown,
  violationsOf: (candidate: unknown) => readonly Violation[],
  repairs: Repair[],
  cure: Cure,
): unknown {
  let current = payload;
  // No message nests deeper than this, and every round settles at least one level.
  for (let round = 0; round < 40; round++) {
    const changes = new Map<string, Change>();
    for (const violation of violationsOf(current)) {
      const cured = cure(violation, valueAt(current, violation.path));
      if (!cured || changes.has(cured.path)) continue;
      changes.set(cured.path, cured.change);
      repairs.push({ path: cured.path, rule: cured.rule, was: valueAt(current, cured.path) });
    }
    if (changes.size === 0) break;
    current = withChanges(current, changes);
  }
  return current;
}
