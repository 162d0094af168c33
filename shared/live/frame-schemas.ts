import * as z from 'zod';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { EventId } from '#shared/events/event-id.ts';
import { LiveFilter } from '#shared/live/interest.ts';
import { Topic } from '#shared/live/topics.ts';

const Topics = z.array(Topic).min(1).max(10);
const instant = z.iso.datetime();

export const SubscribeFrame = z
  .object({
    action: z.literal('subscribe'),
    topics: Topics,
    filter: LiveFilter.optional().meta({ description: 'In place of the one there was.' }),
  })
  .meta({ id: 'Subscribe', description: 'More topics. Answered by a new `hello`, or an `error`.' });
export const UnsubscribeFrame = z
  .object({ action: z.literal('unsubscribe'), topics: Topics })
  .meta({ id: 'Unsubscribe', description: 'Fewer topics. Answered by a new `hello`.' });
export const PingFrame = z
  .object({ action: z.literal('ping') })
  .meta({ id: 'Ping', description: 'Keeps an idle connection open. Answered by `pong`.' });
export const ResumeFrame = z
  .object({ action: z.literal('resume'), after: EventId })
  .meta({ id: 'Resume', description: 'Send what followed this event, or a `gap`.' });

/** What clients say. */
export const ClientFrame = z.discriminatedUnion('action', [
  SubscribeFrame,
  UnsubscribeFrame,
  PingFrame,
  ResumeFrame,
]);
export type ClientFrame = z.output<typeof ClientFrame>;

const SnapshotObject = z
  .looseObject({ object: z.string().meta({ example: 'session' }) })
  .meta({ description: 'What its GET answers, and its kind in `object`.' });
const shown = {
  snapshot: z.array(SnapshotObject),
  snapshot_complete: z.boolean().meta({ description: 'False: `snapshot` frames follow.' }),
};

export const HelloFrame = z
  .object({
    type: z.literal('hello'),
    connection_id: z.string(),
    server_time: instant,
    expires_at: instant.meta({ description: 'The connection is closed then.' }),
    topics: z.array(Topic),
    ...shown,
  })
  .meta({ id: 'Hello', description: 'The greeting, with the present state of what is watched.' });
export const SnapshotFrame = z
  .object({ type: z.literal('snapshot'), ...shown })
  .meta({ id: 'Snapshot', description: 'More of the present state than one frame holds.' });
export const EventFrame = z
  .object({
    type: z.literal('event'),
    seq: z.int().meta({ description: 'One more with each event of the connection.' }),
    event: EventEnvelope,
  })
  .meta({ id: 'EventFrame', description: 'Something has happened.' });
export const GapFrame = z.object({ type: z.literal('gap'), after: EventId }).meta({
  id: 'Gap',
  description: 'Events were left out: fetch them with `GET /v1/events?after=`.',
});
export const ReconnectFrame = z
  .object({
    type: z.literal('reconnect'),
    url: z.string().nullable().meta({ description: 'null: ask for a new ticket.' }),
    resume_after: EventId.nullable(),
    within_seconds: z.int(),
  })
  .meta({ id: 'Reconnect', description: 'The connection will be closed for its age: come back.' });
export const ErrorFrame = z
  .object({
    type: z.literal('error'),
    code: z.enum(['bad_frame', 'insufficient_scope', 'not_allowed']),
    message: z.string(),
  })
  .meta({ id: 'Error', description: 'A frame was not understood, or not carried out.' });
export const PongFrame = z
  .object({ type: z.literal('pong'), server_time: instant })
  .meta({ id: 'Pong', description: 'The answer to `ping`.' });

/** What the server says. */
export type ServerFrame =
  | z.input<typeof HelloFrame>
  | z.input<typeof SnapshotFrame>
  | z.input<typeof EventFrame>
  | z.input<typeof GapFrame>
  | z.input<typeof ReconnectFrame>
  | z.input<typeof ErrorFrame>
  | z.input<typeof PongFrame>;
