import type { Context } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { firstEventIdAt } from '#shared/events/event-id.ts';
import { type LogPage, positionOf, readLog, settledUntil } from '#shared/events/event-log.ts';
import { matchesType } from '#shared/events/matches-type.ts';
import { mayReadEvent } from '#shared/events/may-read-event.ts';

export interface EventFilter {
  /** Everything after this event, oldest first, and nothing that could still be overtaken. */
  readonly after?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly object_id?: string | undefined;
  readonly charger_id?: string | undefined;
  readonly session_id?: string | undefined;
  readonly site_id?: string | undefined;
  readonly created_after?: string | undefined;
  readonly created_before?: string | undefined;
}

/**
 * With `after`, the events that follow it, oldest first; a reader who goes on from the last one it was
 * given misses none. Without, the newest first.
 */
export async function listEvents(
  ctx: Context,
  filter: EventFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<LogPage> {
  const { after, created_after: from, created_before: to, object_id: objectId } = filter;
  const starts = [
    after === undefined ? undefined : await positionOf(ctx, after),
    from === undefined ? undefined : firstEventIdAt(Date.parse(from)),
  ];
  const ends = [
    to === undefined ? undefined : firstEventIdAt(Date.parse(to)),
    after === undefined ? undefined : settledUntil(ctx),
  ];
  const newestFirst = after === undefined;
  (newestFirst ? ends : starts).push(cursor);
  return readLog(ctx, {
    after: highest(starts),
    before: lowest(ends),
    newestFirst,
    // The index may lag behind the log, so who must not miss anything reads the log itself.
    objectId: newestFirst ? objectId : undefined,
    limit,
    matches: (event) => mayReadEvent(ctx.actor, event) && isWanted(event, filter),
  });
}

function isWanted(event: EventEnvelope, filter: EventFilter): boolean {
  const { types, object_id, charger_id, session_id, site_id } = filter;
  const { subject, scope } = event;
  return (
    (!types || types.some((pattern) => matchesType(pattern, event.type))) &&
    (object_id === undefined || subject.id === object_id) &&
    (charger_id === undefined || scope.charger_id === charger_id) &&
    (session_id === undefined || scope.session_id === session_id) &&
    (site_id === undefined || scope.site_id === site_id)
  );
}

const given = (positions: readonly (string | undefined)[]) =>
  positions.filter((position) => position !== undefined).sort();
const highest = (positions: readonly (string | undefined)[]) => given(positions).at(-1);
const lowest = (positions: readonly (string | undefined)[]) => given(positions)[0];
