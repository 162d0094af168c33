import '#shared/catalogue/event-types.ts';
import { serveStream } from '#shared/aws/serve-stream.ts';
import { defineReader } from '#shared/events/stream-reader.ts';
import { readForLive } from '#shared/live/read-stream.ts';

export const reader = defineReader({
  id: 'push-live',
  summary: 'Pushes events to the live sockets that want them, and greets new ones.',
  read: readForLive,
});
export const handler = serveStream(reader);
