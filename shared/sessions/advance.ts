import { plusSeconds, secondsBetween } from '#shared/core/units.ts';
import { neededReadings, priceBoundaries } from '#shared/pricing/needed-readings.ts';
import { priceSession } from '#shared/pricing/price-session.ts';
import type { Receipt } from '#shared/pricing/receipt.ts';
import { isEarlier, laterInstant, ourInstant } from '#shared/sessions/charger-clock.ts';
import { isStartAssumed, withEarlierStart } from '#shared/sessions/earlier-start.ts';
import { flagged, mostWh, readMeter } from '#shared/sessions/read-meter.ts';
import { type PackedSample, packSample, type Sample } from '#shared/sessions/sample.ts';
import type { LiveSession, Session } from '#shared/sessions/session.ts';

/**
 * The session after the samples of one message, oldest first, and those as they are kept. `late`: the
 * message's number says that newer ones have come.
 */
export function takeSamples(
  session: Session,
  live: LiveSession,
  samples: readonly Sample[],
  now: Date,
  late = false,
): { live: LiveSession; packed: PackedSample[] } {
  const packed: PackedSample[] = [];
  const after = samples.reduce((before, sample) => {
    const taken = takeSample(session, before, sample, now, late);
    packed.push(taken.packed);
    return taken.live;
  }, live);
  return { live: after, packed };
}

/** The session after one sample (register, gauges, kept readings), and the sample as it is kept. Pure. */
function takeSample(
  session: Session,
  live: LiveSession,
  sample: Sample,
  now: Date,
  late: boolean,
): { live: LiveSession; packed: PackedSample } {
  const { registerWh } = sample;
  if (sample.context === 'begin' && registerWh !== null && isStartAssumed(live))
    return outOfTurn(withEarlierStart(session, live, { at: sample.at, registerWh }, now), sample);
  if (isLate(live, sample, late))
    return outOfTurn(withLateReading(session, live, sample, now), sample);
  const { at, offsetSeconds, flags } = laterInstant(sample.at, now, live);
  const meter =
    registerWh === null
      ? { flags: live.flags }
      : readMeter(live, registerWh, mostWh(session, since(live, at, now)));
  const next: LiveSession = {
    ...live,
    ...meter,
    flags: flagged(meter, ...flags),
    clock_offset_s: offsetSeconds,
    meter_at: at,
    power_w: sample.powerW === null ? live.power_w : Math.round(sample.powerW),
    soc_percent: sample.socPercent ?? live.soc_percent,
    samples: live.samples + 1,
  };
  return {
    live: registerWh === null ? next : withReading(session, next, at),
    packed: packSample(sample, at, next.energy_wh),
  };
}

/** Seconds since the last reading, by the charger's clock or by ours, whichever saw more pass. */
const since = ({ meter_at, updated_at }: LiveSession, at: string, now: Date): number =>
  Math.max(secondsBetween(meter_at ?? at, at), secondsBetween(updated_at, now.toISOString()));

/**
 * A sample older than the newest one, by its time and by its register alike, was under way longer, or
 * comes a second time. (By its time alone it would be a clock set back; by its register alone a new meter.)
 */
const isLate = (live: LiveSession, { at, registerWh }: Sample, known: boolean): boolean =>
  isEarlier(at, live, known) &&
  (registerWh === null || (live.meter_wh !== null && registerWh < live.meter_wh + (known ? 1 : 0)));

/**
 * Where the price changes while it runs, an older reading may be one that pricing needs. One from before
 * a start that had to be assumed says that the session began then, if not earlier still.
 */
function withLateReading(
  session: Session,
  live: LiveSession,
  sample: Sample,
  now: Date,
): LiveSession {
  const { registerWh, at } = sample;
  if (registerWh !== null && isStartAssumed(live) && registerWh < (live.meter_start_wh ?? 0))
    return withEarlierStart(session, live, { at, registerWh, isStart: false }, now);
  const { meter_start_wh: start, charging_started_at: began } = live;
  const recounted = live.flags.includes('meter_reset') || live.flags.includes('meter_leap');
  if (registerWh === null || start === null || registerWh < start || recounted) return live;
  const reading = { at: ourInstant(sample.at, live), wh: Math.round(registerWh) - start };
  const readings = [...live.readings, reading].sort((a, b) => (a.at < b.at ? -1 : 1));
  const boundaries = priceBoundaries(began ?? reading.at, session.tariff_override);
  return { ...live, readings: neededReadings(readings, boundaries) };
}

/** It joins the series, and moves nothing. */
function outOfTurn(live: LiveSession, sample: Sample) {
  const at = ourInstant(sample.at, live);
  const energyWh = Math.max(0, (sample.registerWh ?? 0) - (live.meter_start_wh ?? 0));
  return {
    live: { ...live, samples: live.samples + 1 },
    packed: packSample(sample, at, energyWh),
  };
}

function withReading(session: Session, live: LiveSession, at: string): LiveSession {
  const readings = [...live.readings, { at, wh: live.energy_wh }];
  const boundaries = priceBoundaries(live.charging_started_at ?? at, session.tariff_override);
  return { ...live, readings: neededReadings(readings, boundaries) };
}

/** When a free allowance by the clock is over. */
export function freeUntil({ tariff_override: free }: Session, live: LiveSession): string | null {
  if (free?.type !== 'free' || !free.duration_minutes || !live.charging_started_at) return null;
  return plusSeconds(live.charging_started_at, free.duration_minutes * 60);
}

/** What the session costs if it ended at `until`. */
export function receiptOf(session: Session, live: LiveSession, until: string): Receipt | undefined {
  if (!live.charging_started_at) return undefined;
  return priceSession(
    {
      chargingStartedAt: live.charging_started_at,
      endedAt: live.ended_at ?? until,
      readings: live.readings,
      idle: live.idle,
    },
    session.tariff,
    session.tariff_override,
  );
}

/** The session with its running cost. */
export function priced(session: Session, live: LiveSession, until: string): LiveSession {
  const receipt = receiptOf(session, live, until);
  if (!receipt) return live;
  const { subtotal_minor, tax_minor, total_minor } = receipt;
  return { ...live, subtotal_minor, tax_minor, total_minor };
}

/** Energy stops flowing while the cable stays in: the idle clock starts. */
export function suspended(
  live: LiveSession,
  by: NonNullable<LiveSession['suspended_by']>,
  at: string,
): LiveSession {
  const open = live.idle.at(-1)?.to === null;
  return {
    ...live,
    status: live.status === 'stopping' ? 'stopping' : 'suspended',
    suspended_by: by,
    charging_ended_at: live.charging_ended_at ?? at,
    power_w: 0,
    idle: open ? live.idle : [...live.idle, { from: at, to: null }],
  };
}

/** Energy flows again: the open idle stretch ends. */
export function resumed(live: LiveSession, at: string): LiveSession {
  return {
    ...live,
    status: live.status === 'stopping' ? 'stopping' : 'charging',
    suspended_by: null,
    charging_ended_at: null,
    idle: closeIdle(live, at),
  };
}

export const closeIdle = (live: LiveSession, at: string): LiveSession['idle'] =>
  live.idle.map(({ from, to }) => ({ from, to: to ?? (at > from ? at : from) }));
