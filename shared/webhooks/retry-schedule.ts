import { createHash } from 'node:crypto';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** After the first attempt, made at once: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. */
const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;
const MOST_JITTER = 0.2;
const LONGEST_WAIT_MS = 24 * HOUR * (1 + MOST_JITTER);
export const ATTEMPTS = WAITS_MS.length + 1;

/**
 * How long to wait after attempt number `attempt` failed; undefined after the last. Up to a fifth longer
 * than the schedule, the same for the same delivery, so that one outage's deliveries do not come back
 * together. `Retry-After` can make it longer, a day at most.
 */
export function waitAfter(
  attempt: number,
  deliveryId: string,
  retryAfterMs = 0,
): number | undefined {
  const wait = WAITS_MS[attempt - 1];
  if (wait === undefined) return undefined;
  const jittered = Math.round(wait * (1 + MOST_JITTER * fractionOf(`${deliveryId}#${attempt}`)));
  return Math.min(LONGEST_WAIT_MS, Math.max(jittered, retryAfterMs));
}

/** 0 to 1, evenly spread over texts. */
const fractionOf = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE() / 0xffff_ffff;

/** RFC 9110 10.2.3: seconds or a date; 0 for anything else. */
export function retryAfterMs(header: string | null, now: Date): number {
  if (header === null) return 0;
  if (/^\d+$/.test(header.trim())) return Number(header) * SECOND;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime());
}
