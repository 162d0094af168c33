import * as z from 'zod';
import type { Context } from '#shared/core/context.ts';
import { findEventType } from '#shared/events/event.ts';
import { CauseRow, EventScope, type Outbox, type Recorded } from '#shared/events/recorded.ts';

export const API_VERSION = '2026-06-01';

/** An event as webhooks, the live stream and `GET /v1/events` give it. */
export const EventEnvelope = z
  .object({
    id: z.string().meta({ example: 'evt_01JWA3QH3M9K2V7T5C8X0N4B6R' }),
    type: z.string().meta({ example: 'session.updated' }),
    created_at: z.iso.datetime(),
    livemode: z.boolean(),
    api_version: z.string(),
    organization_id: z.string(),
    subject: z.object({ object: z.string(), id: z.string(), resource_version: z.int() }),
    scope: EventScope,
    data: z.object({
      object: z.unknown().meta({ description: 'The resource exactly as its GET returns it.' }),
      previous: z.record(z.string(), z.unknown()).optional(),
      truncated: z.literal(true).optional().meta({
        description: 'The object was too large for a webhook, and is null: `url` answers it.',
      }),
      url: z
        .string()
        .optional()
        .meta({ description: 'Where in this API the whole event is, if truncated.' }),
    }),
    cause: CauseRow,
  })
  .meta({ id: 'Event', description: 'Something that happened.' });
export type EventEnvelope = z.infer<typeof EventEnvelope>;

/** The envelope of a recorded event; a change is completed with what its type loads. */
export async function envelopeOf(
  ctx: Context,
  outbox: Outbox,
  event: Recorded,
): Promise<EventEnvelope> {
  const type = findEventType(event.type);
  if (!type) throw new Error(`Unknown event type ${event.type}`);
  const { subject, patch, scope = {} } = event;
  const object = patch ? await type.load?.(ctx, subject, patch, scope) : event.object;
  return {
    id: event.id,
    type: event.type,
    created_at: event.at,
    livemode: outbox.livemode,
    api_version: API_VERSION,
    organization_id: outbox.tenantId,
    subject: { object: type.object, id: subject, resource_version: event.version },
    scope,
    data: { object, ...(event.previous ? { previous: event.previous } : {}) },
    cause: outbox.cause,
  };
}
