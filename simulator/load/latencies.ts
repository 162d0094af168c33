import type { Observation } from '#simulator/simulator-options.ts';

/** Neighbouring buckets differ by two percent, and so no percentile is off by more. */
const RATIO = Math.log(1.02);
const SMALLEST_MS = 0.01;

const bucketOf = (ms: number): number => Math.round(Math.log(Math.max(ms, SMALLEST_MS)) / RATIO);
const msOf = (bucket: number): number => Math.exp(bucket * RATIO);

/** How often and how fast one action was answered. */
export type ActionSummary = {
  action: string;
  results: number;
  errors: number;
  timeouts: number;
  p50Ms: number;
  p90Ms: number;
  p99Ms: number;
  maxMs: number;
};

class Distribution {
  results = 0;
  errors = 0;
  timeouts = 0;
  #maxMs = 0;
  readonly #buckets = new Map<number, number>();

  add({ outcome, elapsedMs }: Observation): void {
    if (outcome === 'timeout') this.timeouts += 1;
    if (outcome === 'error') this.errors += 1;
    if (outcome !== 'result') return;
    this.results += 1;
    this.#maxMs = Math.max(this.#maxMs, elapsedMs);
    const bucket = bucketOf(elapsedMs);
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
  }

  summary(action: string): ActionSummary {
    const { results, errors, timeouts } = this;
    const [p50Ms, p90Ms, p99Ms] = [
      this.#percentile(50),
      this.#percentile(90),
      this.#percentile(99),
    ];
    return { action, results, errors, timeouts, p50Ms, p90Ms, p99Ms, maxMs: round(this.#maxMs) };
  }

  /** The smallest latency that so many percent of the results did not exceed (nearest rank). */
  #percentile(percent: number): number {
    let rank = Math.ceil((percent / 100) * this.results);
    for (const [bucket, count] of [...this.#buckets].sort(([one], [other]) => one - other)) {
      rank -= count;
      if (rank <= 0) return round(Math.min(msOf(bucket), this.#maxMs));
    }
    return 0;
  }
}

const round = (ms: number): number => Math.round(ms * 100) / 100;

/** Gathers observations by action, in memory that does not grow with their number. */
export class Latencies {
  readonly #actions = new Map<string, Distribution>();
  calls = 0;
  failures = 0;

  add(observation: Observation): void {
    this.calls += 1;
    if (observation.outcome !== 'result') this.failures += 1;
    const known = this.#actions.get(observation.action) ?? new Distribution();
    this.#actions.set(observation.action, known);
    known.add(observation);
  }

  summaries(): ActionSummary[] {
    return [...this.#actions]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([action, distribution]) => distribution.summary(action));
  }
}
