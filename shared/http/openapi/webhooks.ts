import type { EventType } from '#shared/events/event.ts';
import { envelopeOfType } from '#shared/events/event-schema.ts';
import { exampleEvent } from '#shared/events/example-event.ts';
import type { SchemaBook } from '#shared/http/openapi/schema-book.ts';
import type { Json } from '#shared/http/openapi/tidy-schema.ts';

/** The events that are sent to webhook endpoints, as requests your server gets. */
export function webhooksOf(types: readonly EventType[], book: SchemaBook): Json {
  const sent = types.filter(({ channels }) => channels.includes('webhook'));
  return Object.fromEntries(sent.map((type) => [type.name, { post: delivery(type, book) }]));
}

const delivery = (type: EventType, book: SchemaBook): Json => ({
  operationId: `on${pascal(type.name)}`,
  summary: type.when,
  description: `Sent to every webhook endpoint that asked for \`${type.name}\`. Answer with any 2xx within 10 seconds; anything else is tried again, for three days. Verify \`webhook-signature\` before you believe it, and expect an event twice. An event of more than 256 KB comes without its object (\`data.truncated\`): fetch it by its id.`,
  tags: ['Webhooks'],
  security: [],
  parameters: ['WebhookId', 'WebhookTimestamp', 'WebhookSignature'].map((name) => ({
    $ref: `#/components/parameters/${name}`,
  })),
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: book.add(envelopeOfType(type), 'output'),
        example: exampleEvent(type),
      },
    },
  },
  responses: {
    '2XX': { description: 'Taken' },
    '3XX': { description: 'Not followed; it is tried again' },
    '410': { description: 'Nothing more is to come: the endpoint is disabled' },
    '429': { description: 'Not now; `Retry-After` is honoured' },
    '503': { description: 'Not now; `Retry-After` is honoured' },
    '4XX': { description: 'Refused; it is tried again' },
    '5XX': { description: 'Failed; it is tried again' },
  },
});

const pascal = (name: string) =>
  name.replace(/(?:^|[._])(\w)/g, (_, letter: string) => letter.toUpperCase());

const header = (name: string, description: string, example: string): Json => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
  example,
});

/** The headers of Standard Webhooks. */
export const webhookParameters = {
  WebhookId: header(
    'webhook-id',
    'The event; the same in every attempt.',
    'evt_01JWA3QH3M9K2V7T5C8X0N4B6R',
  ),
  WebhookTimestamp: header(
    'webhook-timestamp',
    'When this attempt was made, in unix seconds.',
    '1779890710',
  ),
  WebhookSignature: header(
    'webhook-signature',
    '`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body` under the secret of the endpoint; one for each valid secret, separated by spaces.',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
};
