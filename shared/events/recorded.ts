import * as z from 'zod';

/** Where an event happened; subscribers filter on it. */
export const EventScope = z.object({
  site_id: z.string().nullable().optional(),
  charger_id: z.string().nullable().optional(),
  connector: z.number().nullable().optional(),
  session_id: z.string().nullable().optional(),
});
export type EventScope = z.infer<typeof EventScope>;

/** An event as it lies in the outbox: whole (`object`) or as a change (`patch`). */
export const Recorded = z.object({
  id: z.string(),
  type: z.string(),
  at: z.string(),
  subject: z.string(),
  version: z.number(),
  scope: EventScope.optional(),
  object: z.unknown().optional(),
  patch: z.record(z.string(), z.unknown()).optional(),
  previous: z.record(z.string(), z.unknown()).optional(),
  liveOnly: z.boolean().optional(),
});
export type Recorded = z.infer<typeof Recorded>;

/** Work to be done later, at least once: `task` is a file of functions/tasks. */
export const DueTask = z.object({
  id: z.string(),
  task: z.string(),
  /** Not before this instant. */
  at: z.string(),
  payload: z.unknown(),
});
export type DueTask = z.infer<typeof DueTask>;

export const CauseRow = z.object({
  type: z.enum(['api_request', 'charger_message', 'rule', 'schedule', 'partner', 'psp', 'system']),
  ref: z.string().nullable(),
  request_id: z.string().nullable(),
  idempotency_key: z.string().nullable(),
  actor: z.string().nullable(),
});

/**
 * What the stream readers see of a row: its `outbox` attribute. A row without one is no business of
 * theirs. Exactly one row per transaction carries it, since a stream may reorder rows of one transaction.
 */
export const Outbox = z.object({
  tenantId: z.string(),
  livemode: z.boolean(),
  cause: CauseRow,
  events: z.array(Recorded),
  tasks: z.array(DueTask),
});
export type Outbox = z.infer<typeof Outbox>;
