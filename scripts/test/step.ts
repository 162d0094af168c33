/** One part of `npm test`. */
export interface Step {
  readonly name: string;
  readonly title: string;
  /** Part of `npm run check`, which must stay under a minute. */
  readonly fast?: boolean;
  readonly run: () => Promise<Outcome>;
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** What was left out, each with its reason. */
  readonly skipped: readonly string[];
}
