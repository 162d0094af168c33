import '#shared/catalogue/event-types.ts';
import { serveStream } from '#shared/aws/serve-stream.ts';
import { onBehalfOfOutbox } from '#shared/events/on-behalf.ts';
import { Outbox } from '#shared/events/recorded.ts';
import { relay } from '#shared/events/relay.ts';
import { defineReader, eachRow } from '#shared/events/stream-reader.ts';

export const reader = defineReader({
  id: 'relay-events',
  summary: 'Takes what transactions recorded to the event log, the bus and the task queues.',
  read: (rows, ports) =>
    eachRow(rows, async (row) => {
      if (row['outbox'] === undefined) return;
      const outbox = Outbox.parse(row['outbox']);
      await relay(ports.contextFor(onBehalfOfOutbox(outbox)), outbox, ports);
    }),
});
export const handler = serveStream(reader);
