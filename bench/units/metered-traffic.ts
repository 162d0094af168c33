import type { TrafficLog } from '#shared/core/traffic-log.ts';

/** What CloudWatch Logs adds to each line it bills. */
const OVERHEAD_BYTES = 26;

/** A log that tells of each call how many bytes it is billed for. */
export const meteredTraffic = (inner: TrafficLog, told: (bytes: number) => void): TrafficLog => ({
  append: (log, lines) => {
    told(lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + OVERHEAD_BYTES, 0));
    return inner.append(log, lines);
  },
  newest: (log, range) => inner.newest(log, range),
});
