import { API_VERSION } from '#shared/events/envelope.ts';
import type { EventType } from '#shared/events/event.ts';
import { scopeToRead } from '#shared/events/may-read-event.ts';
import { closeCodes, limits } from '#shared/http/asyncapi/limits.ts';
import {
  clientFrames,
  eventMessage,
  frameMessage,
  serverFrames,
} from '#shared/http/asyncapi/messages.ts';
import { topicsOf } from '#shared/http/event-catalogue.ts';
import { SchemaBook } from '#shared/http/openapi/schema-book.ts';
import type { Json } from '#shared/http/openapi/tidy-schema.ts';
import { TOPICS, Topic } from '#shared/live/topics.ts';

const CHANNEL = '#/channels/live';

/** The AsyncAPI 3.0 document of the live stream, from the server's side. The same types give the same document. */
export function asyncApiDocument(types: readonly EventType[]): Json {
  const book = new SchemaBook();
  const told = types.filter(({ channels }) => channels.includes('live'));
  const messages: Record<string, Json> = Object.fromEntries([
    ...serverFrames.map((frame) => [frame.name, frameMessage(frame, book, 'server')]),
    ...clientFrames.map((frame) => [frame.name, frameMessage(frame, book, 'client')]),
    ...told.map((type) => [type.name, eventMessage(type, book)]),
  ]);
  return book.resolve({
    asyncapi: '3.0.0',
    info,
    defaultContentType: 'application/json',
    servers: { live: { ...server, protocol: 'wss', description: 'Test and live.' } },
    channels: {
      live: {
        address: '/live/{ticket}',
        title: 'The live stream',
        description: 'One connection. Frames are JSON texts.',
        parameters: {
          ticket: {
            description:
              'From `POST /v1/live-tickets`, good for one connection within 60 seconds; or from the `websocket` of a session, good as long as the session.',
            examples: ['lt_9f2cT1xqKf0bY7aZ3mWvR5uNcE8hLpQd'],
          },
        },
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
        bindings: { ws: { method: 'GET' } },
        'x-limits': limits,
        'x-close-codes': closeCodes,
      },
    },
    operations: operationsOf(told),
    components: { messages, schemas: book.components() },
  });
}

function operationsOf(told: readonly EventType[]): Json {
  const sent = serverFrames.map(({ name }): [string, Json] => [
    `send-${name}`,
    operation('send', [name]),
  ]);
  const heard = clientFrames.map(({ name }): [string, Json] => [
    `receive-${name}`,
    { ...operation('receive', [name]), ...replies(name) },
  ]);
  const topics = Topic.options.flatMap((topic): [string, Json][] => {
    const names = told.filter((type) => topicsOf(type).includes(topic)).map(({ name }) => name);
    const scopes = [...new Set(TOPICS[topic].objects.map(scopeToRead))].sort();
    const about = {
      title: `Events of the topic \`${topic}\``,
      description: `Told to connections that subscribed to it. It takes one of the scopes ${scopes.join(', ')}; each event takes its own.`,
      tags: [{ name: topic }],
    };
    return names.length > 0 ? [[`topic-${topic}`, { ...about, ...operation('send', names) }]] : [];
  });
  return Object.fromEntries([...sent, ...heard, ...topics]);
}

const operation = (action: 'send' | 'receive', names: readonly string[]): Json => ({
  action,
  channel: { $ref: CHANNEL },
  messages: names.map(messageRef),
});

const messageRef = (name: string): Json => ({ $ref: `${CHANNEL}/messages/${name}` });

const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  ping: ['pong'],
  subscribe: ['hello', 'error'],
  unsubscribe: ['hello', 'error'],
};
const replies = (name: string): Json => {
  const answers = ANSWERS[name];
  if (!answers) return {};
  return { reply: { channel: { $ref: CHANNEL }, messages: answers.map(messageRef) } };
};

const server = { host: 'api.magmapro.in' };
const info = {
  title: 'Magma ChargeSpot live stream',
  version: API_VERSION,
  description: `What happens, less than a second later, over one WebSocket.

**Begin** with \`POST /v1/live-tickets\`: it answers the URL. The server greets with \`hello\` and the present state; events follow, numbered by \`seq\`. An event may come twice: know it by its id, and drop one whose \`resource_version\` is not above what you hold.

**Go on** after a lost connection with \`resume_after\` in the next ticket, or \`resume\`. A \`gap\` names the event to \`resume\` from, again until none comes; where it is more than ten minutes ago, \`GET /v1/events?after=\` has what followed.

Events of objects that the credential may not read are left out. REST and webhooks are in \`GET /v1/openapi.json\`.`,
  contact: { name: 'Magma ChargeSpot', url: 'https://docs.magmapro.in' },
  license: { name: 'Proprietary', url: 'https://docs.magmapro.in/terms' },
};
