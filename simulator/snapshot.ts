import * as z from 'zod';
import { ChargerOptions, type ChosenOptions } from '#simulator/charger-options.ts';
import type { ChargerSpec } from '#simulator/charger-spec.ts';
import { ChargerState } from '#simulator/charger-state.ts';
import { forgetReports } from '#simulator/charging/report.ts';
import type { Misbehaviour } from '#simulator/misbehaviour.ts';
import { step } from '#simulator/step.ts';

const FORMAT = 1;

/** A charger's memory as it is kept over a restart of the process. Plain JSON. */
export const Snapshot = z.object({ format: z.literal(FORMAT), charger: ChargerState });
export type Snapshot = z.infer<typeof Snapshot>;

export const snapshotOf = (charger: ChargerState): Snapshot => ({ format: FORMAT, charger });

/**
 * Wakes a charger from a snapshot; null where the snapshot is unreadable or of another charger.
 * To the charger the time between was a network outage: energy went on flowing, transaction
 * messages under way are repeated, and every status is reported anew.
 */
export function fromSnapshot(
  snapshot: unknown,
  spec: ChargerSpec,
  chosen: { options: ChosenOptions; misbehave: Misbehaviour },
): ChargerState | null {
  const kept = Snapshot.safeParse(snapshot).data?.charger;
  if (!kept || !isSameCharger(kept.spec, spec)) return null;
  const { state } = step(kept, { type: 'disconnected', at: kept.now });
  const woken = {
    ...state,
    // It may have updated itself.
    spec: { ...spec, firmwareVersion: kept.spec.firmwareVersion },
    options: ChargerOptions.parse(chosen.options),
    misbehave: chosen.misbehave,
  };
  forgetReports(woken);
  return woken;
}

const isSameCharger = (one: ChargerSpec, other: ChargerSpec): boolean =>
  one.identity === other.identity &&
  one.version === other.version &&
  JSON.stringify(one.connectors) === JSON.stringify(other.connectors);
