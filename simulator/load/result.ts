import type { Fleet } from '#simulator/load/fleet.ts';
import type { ActionSummary, Latencies } from '#simulator/load/latencies.ts';

/** What a load run found out. */
type LoadResult = {
  chargers: number;
  online: number;
  seconds: number;
  calls: number;
  callsPerSecond: number;
  failures: number;
  driversSent: number;
  disconnects: Record<string, number>;
  actions: ActionSummary[];
};

export function loadResult(fleet: Fleet, latencies: Latencies, seconds: number): LoadResult {
  const { started, online } = fleet.counts();
  return {
    chargers: started,
    online,
    seconds: Math.round(seconds * 10) / 10,
    calls: latencies.calls,
    callsPerSecond: Math.round(latencies.calls / Math.max(seconds, 0.001)),
    failures: latencies.failures,
    driversSent: fleet.driversSent,
    disconnects: Object.fromEntries(fleet.disconnects),
    actions: latencies.summaries(),
  };
}

const COLUMNS = [
  'action',
  'results',
  'errors',
  'timeouts',
  'p50Ms',
  'p90Ms',
  'p99Ms',
  'maxMs',
] as const;
const HEADINGS = [
  'action',
  'results',
  'errors',
  'timeouts',
  'p50 ms',
  'p90 ms',
  'p99 ms',
  'max ms',
];

/** The result as a person reads it. */
export function formatResult(result: LoadResult): string {
  const rows = [HEADINGS, ...result.actions.map((one) => COLUMNS.map((name) => String(one[name])))];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const table = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const disconnects = Object.entries(result.disconnects).map(([why, times]) => `${times} x ${why}`);
  return [
    `${result.online} of ${result.chargers} chargers online, ${result.calls} calls in ${result.seconds} s ` +
      `(${result.callsPerSecond} per second), ${result.failures} failed, ${result.driversSent} drivers sent`,
    ...disconnects,
    '',
    ...table,
  ].join('\n');
}
