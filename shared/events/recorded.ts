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

const text = z.string().nullable().default(null);
export const CauseRow = z.object({
  type: z.enum(['api_request', 'charger_message', 'rule', 'schedule', 'partner', 'psp', 'system']),
  ref: text,
  request_id: text,
  idempotency_key: text,
  actor: text,
});

/** What all events of one transaction share stands once; a hot row must stay under 1 KB. */
const Shared = Recorded.pick({ at: true, subject: true, scope: true }).partial();

/**
 * What the stream readers see of a row: its `outbox` attribute. A row without one is no business of
 * theirs. Exactly one row per transaction carries it, since a stream may reorder rows of one transaction.
 * Parsing unpacks what {@link packOutbox} packed.
 */
export const Outbox = z
  .object({
    tenantId: z.string(),
    livemode: z.boolean(),
    cause: CauseRow,
    shared: Shared.default({}),
    events: z.array(Recorded.partial({ at: true, subject: true })).default([]),
    tasks: z.array(DueTask).default([]),
  })
  .transform(({ shared, events, ...rest }) => ({
    ...rest,
    events: events.map((event) => Recorded.parse({ ...shared, ...event })),
  }));
export type Outbox = z.output<typeof Outbox>;

/** The outbox as a row holds it: nulls left out, what the events share said once. */
export function packOutbox(outbox: Outbox): z.input<typeof Outbox> {
  const { events, tasks, cause, ...rest } = outbox;
  const [first] = events;
  const shared = first ? sharedBy(first, events) : {};
  const own = events.map((event) => withoutKeys(event, Object.keys(shared)));
  const { type, ...told } = cause;
  const causes = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
  return {
    ...rest,
    cause: { type, ...causes },
    ...(first ? { shared, events: own } : {}),
    ...(tasks.length > 0 ? { tasks } : {}),
  };
}

function sharedBy(first: Recorded, events: readonly Recorded[]): z.infer<typeof Shared> {
  const same = (name: 'at' | 'subject' | 'scope') =>
    first[name] !== undefined &&
    events.every((event) => JSON.stringify(event[name]) === JSON.stringify(first[name]));
  return {
    ...(same('at') ? { at: first.at } : {}),
    ...(same('subject') ? { subject: first.subject } : {}),
    ...(same('scope') ? { scope: first.scope } : {}),
  };
}

function withoutKeys(event: Recorded, names: readonly string[]) {
  const { id, type, version, ...rest } = event;
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !names.includes(name)));
  return { id, type, version, ...own };
}
