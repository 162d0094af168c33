import * as z from 'zod';
import { EventEnvelope } from '#shared/events/envelope.ts';
import type { EventType } from '#shared/events/event.ts';

/** The envelope with what this type carries: any event of it satisfies this. */
export const envelopeOfType = ({ name, object, data }: EventType) =>
  EventEnvelope.extend({
    type: z.literal(name),
    subject: EventEnvelope.shape.subject.extend({ object: z.literal(object) }),
    data: EventEnvelope.shape.data.extend({ object: data }),
  });
