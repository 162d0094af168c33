import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE } from '#shared/aws/event-source.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';

const PER_CALL = 10;

/** Publishes envelopes to the bus. Throws when any was not taken: consumers know repeats by event id. */
export function eventBus(name: string, client = new EventBridgeClient({ maxAttempts: 5 })) {
  return async (events: readonly EventEnvelope[]): Promise<void> => {
    for (let at = 0; at < events.length; at += PER_CALL) {
      const Entries = events.slice(at, at + PER_CALL).map((event) => entryOf(name, event));
      const answer = await client.send(new PutEventsCommand({ Entries }));
      const refused = answer.Entries?.find((entry) => entry.ErrorCode);
      if (refused) throw new Error(`EventBridge refused an event: ${refused.ErrorCode}`);
    }
  };
}

const entryOf = (bus: string, event: EventEnvelope): PutEventsRequestEntry => ({
  EventBusName: bus,
  Source: EVENT_SOURCE,
  DetailType: event.type,
  Detail: JSON.stringify(event),
  Time: new Date(event.created_at),
});
