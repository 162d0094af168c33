import { mulDiv } from '#shared/core/money.ts';
import type { Reading } from '#shared/pricing/receipt.ts';
import { instantOf, risingReadings } from '#shared/pricing/rising-readings.ts';

/** A session as pricing sees it. */
export interface Charge {
  readonly chargingStartedAt: string;
  /** Now, while it runs. */
  readonly endedAt: string;
  /** Wh since the start. */
  readonly readings: readonly Reading[];
  /** Plugged in without charging; an open stretch lasts until the end. */
  readonly idle: readonly { readonly from: string; readonly to: string | null }[];
}

interface Point {
  readonly at: number;
  readonly wh: number;
}

/** Energy over time within a session, from 0 Wh at its start. Instants are milliseconds. */
export interface ChargeCurve {
  readonly start: number;
  readonly end: number;
  readonly points: readonly Point[];
  readonly totalWh: number;
}

/** A session that ends before it starts lasts no time; a reading outside of it counts at its edge. */
export function chargeCurve(charge: Charge): ChargeCurve {
  const [began, ended] = [instantOf(charge.chargingStartedAt), instantOf(charge.endedAt)];
  const start = Number.isFinite(began) ? began : Number.isFinite(ended) ? ended : 0;
  const end = Number.isFinite(ended) ? Math.max(start, ended) : start;
  const within = (at: string) => Math.min(Math.max(instantOf(at), start), end);
  const rising = risingReadings(charge.readings).map(({ at, wh }) => ({ at: within(at), wh }));
  const points = [{ at: start, wh: 0 }, ...rising];
  return { start, end, points, totalWh: points.at(-1)?.wh ?? 0 };
}

/** Wh delivered until an instant, by the sample there or on the line between its neighbours. */
export function energyAt({ points }: ChargeCurve, at: number) {
  const before = points.findLast((point) => point.at <= at);
  const after = points.find((point) => point.at > at);
  if (!before) return { wh: 0, interpolated: false };
  if (!after || before.at === at || after.wh === before.wh)
    return { wh: before.wh, interpolated: false };
  const rise = mulDiv(after.wh - before.wh, at - before.at, after.at - before.at);
  return { wh: before.wh + rise, interpolated: true };
}

/** When so many Wh were first delivered; undefined where they never were. */
export function instantAt({ points, start }: ChargeCurve, wh: number) {
  const after = points.find((point) => point.wh >= wh);
  const before = points.findLast((point) => point.wh < wh);
  if (!after) return undefined;
  if (!before) return { at: start, interpolated: false };
  if (after.wh === wh || after.at === before.at) return { at: after.at, interpolated: false };
  const wait = mulDiv(after.at - before.at, wh - before.wh, after.wh - before.wh);
  return { at: before.at + wait, interpolated: true };
}
