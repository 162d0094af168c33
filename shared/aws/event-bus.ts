import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE } from '#shared/aws/event-source.ts';
import type { EventEnvelope } from '#shared/events/envelope.ts';
import { jsonWithin } from '#shared/events/thin-event.ts';

const PER_CALL = 10;
/** EventBridge takes 256 KB a call, names and times counted; one event of more travels without its object. */
const BYTES_PER_CALL = 240 * 1024;

/** Publishes envelopes to the bus. Throws when any was not taken: consumers know repeats by event id. */
export function eventBus(name: string, client = new EventBridgeClient({ maxAttempts: 5 })) {
  return async (events: readonly EventEnvelope[]): Promise<void> => {
    for (const Entries of callsFor(events.map((event) => entryOf(name, event)))) {
      const answer = await client.send(new PutEventsCommand({ Entries }));
      const refused = answer.Entries?.find((entry) => entry.ErrorCode);
      if (refused) throw new Error(`EventBridge refused an event: ${refused.ErrorCode}`);
    }
  };
}

/** As few calls as the entries fit into, in their order. */
function callsFor(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const calls: PutEventsRequestEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = Buffer.byteLength(entry.Detail ?? '');
    const last = calls.at(-1);
    if (!last || last.length === PER_CALL || bytes > room) {
      calls.push([entry]);
      room = BYTES_PER_CALL - bytes;
    } else {
      last.push(entry);
      room -= bytes;
    }
  }
  return calls;
}

const entryOf = (bus: string, event: EventEnvelope): PutEventsRequestEntry => ({
  EventBusName: bus,
  Source: EVENT_SOURCE,
  DetailType: event.type,
  Detail: jsonWithin(event, BYTES_PER_CALL),
  Time: new Date(event.created_at),
});
