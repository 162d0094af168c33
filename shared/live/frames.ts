import type * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { isoNow } from '#shared/core/context.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { firstEventIdAt, timeOfEventId } from '#shared/events/event-id.ts';
import type { LiveConnection } from '#shared/live/connection.ts';
import type { ErrorFrame, ServerFrame } from '#shared/live/frame-schemas.ts';

/** The gateway's limit. */
export const MAX_FRAME_BYTES = 32 * 1024;

/** An object of a snapshot: what its GET answers, and what it is. */
export type SnapshotObject = { readonly object: string } & Readonly<Record<string, unknown>>;

const written = (frame: ServerFrame): string => JSON.stringify(frame);

export const eventFrame = (seq: number, event: EventEnvelope): string =>
  written({ type: 'event', seq, event });

export const gapFrame = (after: string): string => written({ type: 'gap', after });

export const pongFrame = (ctx: Context): string =>
  written({ type: 'pong', server_time: isoNow(ctx) });

export const errorFrame = (code: z.infer<typeof ErrorFrame>['code'], message: string): string =>
  written({ type: 'error', code, message });

export const reconnectFrame = (
  url: string | null,
  after: string | null,
  withinSeconds: number,
): string =>
  written({
    type: 'reconnect',
    url,
    resume_after: after,
    within_seconds: withinSeconds,
  });

/**
 * The greeting, in as many frames as the snapshot needs: `hello` holds what fits, `snapshot` frames the
 * rest, and the last one says so.
 */
export function helloFrames(
  ctx: Context,
  connection: LiveConnection,
  snapshot: readonly SnapshotObject[],
): string[] {
  const [first = [], ...rest] = parts(snapshot);
  const hello: ServerFrame = {
    type: 'hello',
    connection_id: connection.connection_id,
    server_time: isoNow(ctx),
    expires_at: connection.expires_at,
    topics: connection.topics,
    snapshot: [...first],
    snapshot_complete: rest.length === 0,
  };
  const more = rest.map(
    (part, n): ServerFrame => ({
      type: 'snapshot',
      snapshot: [...part],
      snapshot_complete: n === rest.length - 1,
    }),
  );
  return [hello, ...more].map(written);
}

/** Leaves room for what else is in a frame. An object too big for any frame is left out. */
const MAX_PART_BYTES = MAX_FRAME_BYTES - 1024;

function parts(snapshot: readonly SnapshotObject[]): SnapshotObject[][] {
  const all: SnapshotObject[][] = [];
  let room = 0;
  for (const object of snapshot) {
    const bytes = Buffer.byteLength(JSON.stringify(object)) + 1;
    if (bytes > MAX_PART_BYTES) continue;
    if (bytes > room) {
      all.push([]);
      room = MAX_PART_BYTES;
    }
    all.at(-1)?.push(object);
    room -= bytes;
  }
  return all;
}

export const isTooBig = (frame: string): boolean => Buffer.byteLength(frame) > MAX_FRAME_BYTES;

/** Events are not sent in the strict order of their ids: what is younger than this may be repeated. */
const OVERLAP_MS = 2000;

/** From where a client that has seen this event misses nothing. */
export const safelyBefore = (eventId: string): string =>
  firstEventIdAt(timeOfEventId(eventId) - OVERLAP_MS);
