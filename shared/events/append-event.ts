import { type Context, isoNow } from '#shared/core/context.ts';
import { ConditionFailed, type Item, type Table, type Write } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { timeOfEventId } from '#shared/events/event-id.ts';

export const RETENTION_DAYS = 90;
/** Readers that go by `after` see nothing younger than this, so nothing can appear behind them … */
export const HORIZON_MS = 2000;
/** … as long as an event enters the log in time. One that comes later is placed at the log's end. */
const PUNCTUAL_MS = 1000;

/**
 * Adds an event to the log, once however often it is given. The log's order is that of event ids,
 * and an id is older than its commit; an event that readers may already have passed (a slow commit, a
 * relay that was down) gets a later position, and its own id points there.
 */
export async function appendEvent(ctx: Context, event: EventEnvelope): Promise<void> {
  if (age(ctx, event.id) > PUNCTUAL_MS) return appendLate(ctx, event, 'absent');
  await markHour(ctx, event.id);
  const isNew = await unlessThere(ctx, [
    { op: 'put', when: 'absent', item: rowOf(ctx, event, event.id) },
  ]);
  const tookTooLong = isNew && age(ctx, event.id) >= HORIZON_MS;
  if (tookTooLong) await appendLate(ctx, event, { moved_to: undefined });
}

async function appendLate(
  ctx: Context,
  event: EventEnvelope,
  when: 'absent' | { moved_to: undefined },
): Promise<void> {
  const position = ctx.newId('evt');
  await markHour(ctx, position);
  const pointer = { ...keyAt(ctx, event.id), moved_to: position, ttl: expiry(ctx) };
  await unlessThere(ctx, [
    { op: 'put', when, item: pointer },
    { op: 'put', when: 'absent', item: rowOf(ctx, event, position) },
  ]);
}

/** Where in the table the log holds this position. */
export const keyAt = (ctx: Pick<Context, 'tenantId'>, position: string) =>
  keys.event(ctx.tenantId, instantOf(position), position);

function rowOf(ctx: Context, event: EventEnvelope, position: string): Item {
  return {
    ...event,
    ...keyAt(ctx, position),
    ...keys.eventsOfObject(ctx.tenantId, event.subject.id, position),
    ttl: expiry(ctx),
  };
}

/** False where the event is in the log already. */
async function unlessThere(ctx: Context, writes: readonly Write[]): Promise<boolean> {
  try {
    await ctx.table.write(writes);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/** The hour each process last marked for a tenant: one write an hour, not one an event. */
const marked = new WeakMap<Table, Map<string, string>>();

/** Hours that have events are listed, so that readers skip the empty ones. */
async function markHour(ctx: Context, position: string): Promise<void> {
  const known = marked.get(ctx.table) ?? new Map<string, string>();
  marked.set(ctx.table, known);
  const key = keys.eventHour(ctx.tenantId, instantOf(position));
  if (known.get(key.pk) === key.sk) return;
  await ctx.table.write([
    { op: 'put', item: { ...key, marked_at: isoNow(ctx), ttl: expiry(ctx) } },
  ]);
  known.set(key.pk, key.sk);
}

const instantOf = (position: string) => new Date(timeOfEventId(position)).toISOString();
const age = (ctx: Context, id: string) => ctx.now().getTime() - timeOfEventId(id);
const expiry = (ctx: Context) => Math.floor(ctx.now().getTime() / 1000) + RETENTION_DAYS * 86_400;
