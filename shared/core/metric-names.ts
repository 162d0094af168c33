/** What handlers count with `log.count(metric.…)` and what alarms and the dashboard read. */
export const metric = {
  /** A charger's message answered with a CALLERROR, or one that could not be read at all. */
  ocppErrors: 'OcppErrors',
  /** A charger's message taken after a repair, or with invalid parts left out. */
  ocppRepairs: 'OcppRepairs',
  /** Raw messages that could not be kept. */
  ocppLogFailures: 'OcppLogFailures',
  /** An answer of a charger that nobody waits for. */
  strayReplies: 'OcppStrayReplies',
  /** A message about a transaction that is not known. */
  orphans: 'OrphanTransactions',
  /** Milliseconds from an event's instant to the moment it was handed to a live socket. */
  pushLatencyMs: 'LivePushLatencyMs',
  /** Frames dropped because the live socket was gone. */
  pushGone: 'LivePushGone',
  /** A webhook attempt that was not answered with 2xx. */
  webhookFailures: 'WebhookFailures',
  /** A command to a charger that was never answered. */
  commandTimeouts: 'CommandTimeouts',
  /** Wrong passwords, and attempts too many. */
  signInFailures: 'SignInFailures',
  /** Requests refused by the limiter. */
  rateLimited: 'RateLimited',
} as const;

/** How often messages were read by a quirk, each by its own name. */
export const quirkMetric = (id: string): string => `OcppQuirk ${id}`;
