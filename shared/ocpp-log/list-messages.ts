import * as z from 'zod';
import { getCharger } from '#shared/chargers/charger-view.ts';
import type { Context } from '#shared/core/context.ts';
import { LoggedMessage } from '#shared/ocpp-log/logged-message.ts';
import { logOf } from '#shared/ocpp-log/record-messages.ts';

export interface MessageFilter {
  readonly charger_id: string;
  readonly action?: string | undefined;
  readonly direction?: LoggedMessage['direction'] | undefined;
  readonly message_id?: string | undefined;
  /** Only what went wrong: refused, unreadable, not delivered. */
  readonly error?: boolean | undefined;
  /** Instants, both exclusive. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** A log is read in chunks of this size, and no more than so many for one page. */
const CHUNK = 500;
const CHUNKS = 10;

/**
 * Messages of a charger, newest first. A page of a narrow filter may be short, even empty, and the
 * next one go on. Throws not_found.
 */
export async function listMessages(
  ctx: Context,
  filter: MessageFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: LoggedMessage[]; cursor?: string }> {
  const charger = await getCharger(ctx, filter.charger_id);
  const log = logOf(ctx.tenantId, charger.id);
  const place = cursor === undefined ? undefined : Place.parse(JSON.parse(cursor));
  const range = rangeOf(filter, place);
  const items: LoggedMessage[] = [];
  let last = place;
  let isNew = place === undefined;
  let next: string | undefined;
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    const answer = await ctx.traffic.newest(log, { ...range, limit: CHUNK, cursor: next });
    for (const { text } of answer.lines) {
      const message = LoggedMessage.parse(JSON.parse(text));
      const { at, id } = message;
      const isRead = !isNew && at === place?.at;
      isNew ||= !isRead || id === place?.id;
      if (isRead) continue;
      last = { at, id };
      if (matches(message, filter)) items.push(message);
      if (items.length === limit) return { items, cursor: JSON.stringify(last) };
    }
    next = answer.cursor;
    if (next === undefined) return { items };
  }
  return { items, ...(last ? { cursor: JSON.stringify(last) } : {}) };
}

/** The last message that was read: reading goes on at its instant, behind it. */
const Place = z.object({ at: z.string(), id: z.string() });
type Place = z.infer<typeof Place>;

function rangeOf({ after, before }: MessageFilter, place: Place | undefined) {
  const ends = [
    ...(before === undefined ? [] : [Date.parse(before) - 1]),
    ...(place ? [Date.parse(place.at)] : []),
  ];
  return {
    from: after === undefined ? undefined : Date.parse(after) + 1,
    to: ends.length > 0 ? Math.min(...ends) : undefined,
  };
}

function matches(message: LoggedMessage, filter: MessageFilter): boolean {
  const { action, direction, message_id, error } = filter;
  const wentWrong = message.error !== null || message.type === 'unreadable' || !message.delivered;
  return (
    (action === undefined || message.action === action) &&
    (direction === undefined || message.direction === direction) &&
    (message_id === undefined || message.message_id === message_id) &&
    (error === undefined || wentWrong === error)
  );
}
