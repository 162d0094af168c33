import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import type { Item } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { mergedRows } from '#shared/db/merged-rows.ts';
import { HORIZON_MS, keyAt, RETENTION_DAYS } from '#shared/events/append-event.ts';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { firstEventIdAt, timeOfEventId } from '#shared/events/event-id.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** One request looks at no more than this, however few of them match; its cursor goes on from there. */
const ROWS_AT_MOST = 2000;
const HOURS_AT_MOST = 48;

export interface LogQuery {
  /** Positions, exclusive. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly newestFirst: boolean;
  /** Only events about this object, by its index. */
  readonly objectId?: string | undefined;
  readonly limit: number;
  readonly matches: (event: EventEnvelope) => boolean;
}

export interface LogPage {
  readonly events: EventEnvelope[];
  /** Position to go on from; undefined at the end. */
  readonly next?: string;
}

/** A page of the log in the order of its positions. */
export async function readLog(ctx: Context, query: LogQuery): Promise<LogPage> {
  const events: EventEnvelope[] = [];
  let place: string | undefined;
  let rows = 0;
  for await (const row of rowsOf(ctx, query)) {
    if (typeof row === 'string') return { events, next: row };
    if (place && (events.length === query.limit || rows === ROWS_AT_MOST))
      return { events, next: place };
    place = row.sk;
    rows += 1;
    if (row['moved_to'] !== undefined) continue;
    const event = EventEnvelope.parse(row);
    if (query.matches(event)) events.push(event);
  }
  return { events };
}

/** Rows, and a position instead of the next row where the hours of one request are used up. */
async function* rowsOf(ctx: Context, query: LogQuery): AsyncGenerator<Item | string> {
  const { after, before, newestFirst, limit } = query;
  const range = { after, before, newestFirst, pageSize: Math.ceil(limit / 8) + 2 };
  if (query.objectId !== undefined) {
    const pk = keys.eventsOfObject(ctx.tenantId, query.objectId).gsi1pk;
    yield* mergedRows(ctx.table, [{ index: 'gsi1', pk }], { ...range, pageSize: limit + 1 });
    return;
  }
  const hours = await hoursOf(ctx, query);
  for (const hour of hours.slice(0, HOURS_AT_MOST))
    yield* mergedRows(ctx.table, keys.eventsOfHour(ctx.tenantId, hour), range);
  const further = hours[HOURS_AT_MOST];
  if (further === undefined) return;
  const start = Date.parse(`${further}:00:00.000Z`);
  yield firstEventIdAt(newestFirst ? start + HOUR_MS : start);
}

/** The hours with events, one more than a request looks at. */
async function hoursOf(ctx: Context, { after, before, newestFirst }: LogQuery): Promise<string[]> {
  const hourKey = (position: string) =>
    keys.eventHour(ctx.tenantId, new Date(timeOfEventId(position)).toISOString());
  const oldest = keys.eventHour(ctx.tenantId, oldestKept(ctx));
  const { items } = await ctx.table.query({
    pk: oldest.pk,
    from: after === undefined ? oldest.sk : hourKey(after).sk,
    ...(before === undefined ? {} : { to: hourKey(before).sk }),
    ...(newestFirst ? { newestFirst } : {}),
    limit: HOURS_AT_MOST + 1,
  });
  return items.map((row) => row.sk);
}

const oldestKept = (ctx: Context) =>
  new Date(ctx.now().getTime() - RETENTION_DAYS * DAY_MS).toISOString();

/** The event of this id, unless there is none or it is past its 90 days. */
export async function findEvent(ctx: Context, id: string): Promise<EventEnvelope | undefined> {
  const row = await ctx.table.get(keyAt(ctx, id));
  const moved = row?.['moved_to'];
  const found = typeof moved === 'string' ? await ctx.table.get(keyAt(ctx, moved)) : row;
  return found && EventEnvelope.parse(found);
}

/** Where in the log an event stands. Throws gone where the log no longer reaches back to it. */
export async function positionOf(ctx: Context, id: string): Promise<string> {
  if (timeOfEventId(id) < Date.parse(oldestKept(ctx)))
    throw new AppError('gone', `Events are kept for ${RETENTION_DAYS} days.`);
  const moved = (await ctx.table.get(keyAt(ctx, id)))?.['moved_to'];
  return typeof moved === 'string' ? moved : id;
}

/** Before this position nothing new can appear: all before it is older than the horizon. */
export const settledUntil = (ctx: Context): string =>
  firstEventIdAt(ctx.now().getTime() - HORIZON_MS + 1);
