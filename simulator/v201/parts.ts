import type { ChargerState } from '#simulator/charger-state.ts';

/** One part of a report; `tbc` is empty where a charger forgets to say that more follows. */
export type Part<T> = { items: T[]; seqNo: number; tbc: { tbc?: boolean } };

/** Cuts a report into parts, in their order, or as a charger does that misbehaves. */
export function inParts<T>(
  { misbehave }: Pick<ChargerState, 'misbehave'>,
  items: readonly T[],
  perPart: number,
): Part<T>[] {
  const count = Math.max(1, Math.ceil(items.length / perPart));
  const quirks = misbehave.reports ?? [];
  const parts = Array.from({ length: count }, (_, seqNo) => ({
    items: items.slice(seqNo * perPart, (seqNo + 1) * perPart),
    seqNo,
    tbc: quirks.includes('no_tbc') ? {} : { tbc: seqNo < count - 1 },
  }));
  const ordered = quirks.includes('backwards') ? parts.toReversed() : parts;
  return quirks.includes('duplicated') ? ordered.flatMap((part) => [part, part]) : ordered;
}
