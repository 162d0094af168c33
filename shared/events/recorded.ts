import * as z from 'zod';

/** Where an event happened, and whose it is; subscribers filter on it. */
export const EventScope = z
  .object({
    site_id: z.string().nullable().optional(),
    charger_id: z.string().nullable().optional(),
    connector: z.number().nullable().optional(),
    session_id: z.string().nullable().optional(),
    driver_id: z.string().nullable().optional(),
  })
  .meta({ id: 'EventScope', description: 'Where it happened, and to whom.' });
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
  /** Tasks of one group are held up by each other before they hold up others. */
  group: z.string().optional(),
});
export type DueTask = z.infer<typeof DueTask>;

const text = z.string().nullable().default(null);
export const CauseRow = z
  .object({
    type: z.enum([
      'api_request',
      'charger_message',
      'rule',
      'schedule',
      'partner',
      'psp',
      'system',
    ]),
    ref: text,
    request_id: text,
    idempotency_key: text,
    actor: text,
  })
  .meta({
    id: 'EventCause',
    description: 'Why. With `request_id` and `idempotency_key` a client knows its own change.',
  });

/** What the events of one transaction mostly share stands once. */
const SHARED = ['at', 'subject', 'version', 'scope'] as const;

/** A hot row must stay under 1 KB, and names are paid for like values. */
const SHORT: Readonly<Record<string, string>> = {
  tenantId: 't',
  livemode: 'm',
  cause: 'c',
  shared: 's',
  events: 'e',
  tasks: 'k',
  id: 'i',
  type: 'y',
  at: 'a',
  subject: 'u',
  version: 'v',
  scope: 'o',
  object: 'b',
  patch: 'p',
  previous: 'r',
  liveOnly: 'l',
};
/** Within a scope. */
const SHORT_PLACE: Readonly<Record<string, string>> = {
  site_id: 's',
  charger_id: 'c',
  connector: 'n',
  session_id: 'x',
  driver_id: 'd',
};
const reversed = (names: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(names).map(([long, short]) => [short, long]));
const LONG = reversed(SHORT);
const LONG_PLACE = reversed(SHORT_PLACE);

const Whole = z.object({
  tenantId: z.string(),
  livemode: z.boolean(),
  cause: CauseRow,
  events: z.array(Recorded),
  tasks: z.array(DueTask).default([]),
});

/** What lies in a row, its names long again. */
const Packed = z
  .record(z.string(), z.unknown())
  .transform((packed) => named(packed, LONG))
  .pipe(
    z.looseObject({
      shared: Fields().default({}),
      events: z.array(Fields()).default([]),
    }),
  );
type Packed = Readonly<Record<string, unknown>>;

/**
 * What the stream readers see of a row: its `outbox` attribute. A row without one is no business of
 * theirs. Exactly one row per transaction carries it, since a stream may reorder rows of one transaction.
 * Parsing unpacks what {@link packOutbox} packed.
 */
export const Outbox = Packed.transform(({ shared, events, ...rest }) => ({
  ...rest,
  events: events.map((event) => ({ ...shared, ...event })),
})).pipe(Whole);
export type Outbox = z.output<typeof Outbox>;

/** The outbox as a row holds it: nulls left out, names short, what the events share said once. */
export function packOutbox({ tenantId, livemode, cause, events, tasks }: Outbox): Packed {
  const shared = sharedBy(events);
  const isOwn = ([name]: [string, unknown]) => !Object.hasOwn(shared, name);
  const own = events.map((event) => Object.fromEntries(Object.entries(event).filter(isOwn)));
  const told = Object.entries(cause).filter(([, value]) => value !== null);
  const whole = {
    tenantId,
    livemode,
    cause: Object.fromEntries(told),
    ...(events.length > 0 ? { shared: short(shared), events: own.map(short) } : {}),
    ...(tasks.length > 0 ? { tasks } : {}),
  };
  return named(whole, SHORT);
}

const short = (event: Packed): Packed => named(placed(event, SHORT_PLACE), SHORT);

function sharedBy(events: readonly Recorded[]): Partial<Recorded> {
  const [first] = events;
  const text = (event: Recorded | undefined, name: (typeof SHARED)[number]) =>
    JSON.stringify(event?.[name]);
  const same = SHARED.filter((name) =>
    events.every((event) => text(event, name) === text(first, name)),
  );
  return Object.fromEntries(
    same.flatMap((name) => (first?.[name] === undefined ? [] : [[name, first[name]]])),
  );
}

function Fields() {
  return z
    .record(z.string(), z.unknown())
    .transform((fields) => placed(named(fields, LONG), LONG_PLACE));
}

/** The fields, with the names of their scope as they are wanted. */
function placed(fields: Packed, names: Readonly<Record<string, string>>): Packed {
  const { scope } = fields;
  return typeof scope === 'object' && scope ? { ...fields, scope: named(scope, names) } : fields;
}

const named = (fields: object, names: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
