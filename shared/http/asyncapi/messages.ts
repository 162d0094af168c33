import * as z from 'zod';
import type { EventType } from '#shared/events/event.ts';
import { envelopeOfType } from '#shared/events/event-schema.ts';
import { exampleEvent } from '#shared/events/example-event.ts';
import { topicsOf } from '#shared/http/event-catalogue.ts';
import type { SchemaBook } from '#shared/http/openapi/schema-book.ts';
import type { Json } from '#shared/http/openapi/tidy-schema.ts';
import {
  ErrorFrame,
  EventFrame,
  GapFrame,
  HelloFrame,
  PingFrame,
  PongFrame,
  ReconnectFrame,
  ResumeFrame,
  SnapshotFrame,
  SubscribeFrame,
  UnsubscribeFrame,
} from '#shared/live/frame-schemas.ts';

const EVENT = 'evt_01JWA3QH3M9K2V7T5C8X0N4B6R';
const NOW = '2026-05-27T14:03:22.000Z';

interface Frame {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly example: unknown;
}

/** What the server says besides events. */
export const serverFrames: readonly Frame[] = [
  {
    name: 'hello',
    schema: HelloFrame,
    example: {
      type: 'hello',
      connection_id: 'L0SM9cOFvHcCIhw=',
      server_time: NOW,
      expires_at: '2026-05-27T16:03:22.000Z',
      topics: ['sessions'],
      snapshot: [],
      snapshot_complete: true,
    },
  },
  {
    name: 'snapshot',
    schema: SnapshotFrame,
    example: { type: 'snapshot', snapshot: [], snapshot_complete: true },
  },
  { name: 'gap', schema: GapFrame, example: { type: 'gap', after: EVENT } },
  {
    name: 'reconnect',
    schema: ReconnectFrame,
    example: {
      type: 'reconnect',
      url: 'wss://api.magmapro.in/live/lt_9f2cT1xqKf0bY7aZ3mWvR5uNcE8hLpQd',
      resume_after: EVENT,
      within_seconds: 300,
    },
  },
  {
    name: 'error',
    schema: ErrorFrame,
    example: {
      type: 'error',
      code: 'insufficient_scope',
      message: 'Not for this credential: commands.',
    },
  },
  { name: 'pong', schema: PongFrame, example: { type: 'pong', server_time: NOW } },
];

/** What clients say. */
export const clientFrames: readonly Frame[] = [
  {
    name: 'subscribe',
    schema: SubscribeFrame,
    example: { action: 'subscribe', topics: ['connectors'], filter: { site_id: ['BLR-IND'] } },
  },
  {
    name: 'unsubscribe',
    schema: UnsubscribeFrame,
    example: { action: 'unsubscribe', topics: ['connectors'] },
  },
  { name: 'ping', schema: PingFrame, example: { action: 'ping' } },
  { name: 'resume', schema: ResumeFrame, example: { action: 'resume', after: EVENT } },
];

export const frameMessage = (frame: Frame, book: SchemaBook, from: 'client' | 'server'): Json => ({
  name: frame.name,
  summary: z.globalRegistry.get(frame.schema)?.description ?? frame.name,
  contentType: 'application/json',
  payload: book.add(frame.schema, from === 'client' ? 'input' : 'output'),
  examples: [{ payload: frame.example }],
});

/** An event of a type, in the frame that brings it. */
export const eventMessage = (type: EventType, book: SchemaBook): Json => ({
  name: type.name,
  summary: type.when,
  contentType: 'application/json',
  tags: topicsOf(type).map((name) => ({ name })),
  payload: book.add(EventFrame.extend({ event: envelopeOfType(type) }), 'output'),
  examples: [{ payload: { type: 'event', seq: 1042, event: exampleEvent(type) } }],
});
