import type { Monitor } from '#simulator/monitoring/monitor.ts';

/** What a monitor has to tell, and how it is to go on. */
export type Sighting = {
  monitor: Monitor;
  event: { trigger: 'Alerting' | 'Delta' | 'Periodic'; cleared?: boolean } | null;
};

/** Looks at a value through a monitor [2.0.1 N07]. */
export function look(monitor: Monitor, shown: string, now: number): Sighting {
  switch (monitor.type) {
    case 'UpperThreshold':
      return atThreshold(monitor, Number(shown) > monitor.value);
    case 'LowerThreshold':
      return atThreshold(monitor, Number(shown) < monitor.value);
    case 'Delta':
      return afterDelta(monitor, shown);
    case 'Periodic':
    case 'PeriodicClockAligned':
      return atTime(monitor, now);
  }
}

/** An alert when the threshold is passed, and one that it is over when the value comes back. */
function atThreshold(monitor: Monitor, passed: boolean): Sighting {
  if (passed === monitor.raised) return { monitor, event: null };
  const event = { trigger: 'Alerting' as const, ...(passed ? {} : { cleared: true }) };
  return { monitor: { ...monitor, raised: passed }, event };
}

/** What is no number has changed when it is another. */
function afterDelta(monitor: Monitor, shown: string): Sighting {
  const { lastValue, value } = monitor;
  if (lastValue === null) return { monitor: { ...monitor, lastValue: shown }, event: null };
  const change = Math.abs(Number(shown) - Number(lastValue));
  const told = Number.isNaN(change) ? shown !== lastValue : change >= value;
  if (!told || shown === lastValue) return { monitor, event: null };
  return { monitor: { ...monitor, lastValue: shown }, event: { trigger: 'Delta' } };
}

function atTime(monitor: Monitor, now: number): Sighting {
  const everyMs = Math.max(1, monitor.value) * 1000;
  const next =
    monitor.type === 'Periodic' ? now + everyMs : (Math.floor(now / everyMs) + 1) * everyMs;
  if (monitor.dueAt === null) return { monitor: { ...monitor, dueAt: next }, event: null };
  if (monitor.dueAt > now) return { monitor, event: null };
  return { monitor: { ...monitor, dueAt: next }, event: { trigger: 'Periodic' } };
}
