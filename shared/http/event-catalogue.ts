import * as z from 'zod';
import { EventEnvelope } from '#shared/events/envelope.ts';
import { allEventTypes, type EventType } from '#shared/events/event.ts';
import { envelopeOfType } from '#shared/events/event-schema.ts';
import { exampleEvent } from '#shared/events/example-event.ts';
import { matchesType } from '#shared/events/matches-type.ts';
import { scopeToRead } from '#shared/events/may-read-event.ts';
import { openUnlessStrict } from '#shared/http/openapi/schema-book.ts';
import { tidy } from '#shared/http/openapi/tidy-schema.ts';
import { isOfTopic, Topic } from '#shared/live/topics.ts';

export const EventChannel = z.enum(['webhook', 'live']).meta({ id: 'EventChannel' });

/** What the catalogue says of a type of event. */
export const EventTypeView = z
  .object({
    type: z.string().meta({ example: 'session.ended' }),
    when: z.string().meta({ description: 'What has happened.' }),
    object: z.string().meta({ description: 'What `data.object` is.', example: 'session' }),
    channels: z.array(EventChannel).meta({
      description: '`webhook`: webhooks and `GET /v1/events`; `live`: the live stream.',
    }),
    topics: z.array(Topic).meta({ description: 'Of the live stream, where it is told.' }),
    scope: z.string().meta({
      description: 'Which a credential needs to be told of it.',
      example: 'sessions:read',
    }),
    core: z.boolean().meta({ description: 'One of those that every integration is built on.' }),
    schema: z.record(z.string(), z.unknown()).meta({
      description: 'JSON Schema (2020-12) of the whole event. It stays open to additions.',
    }),
    example: EventEnvelope,
  })
  .meta({ id: 'EventType', description: 'A kind of event.' });
export type EventTypeView = z.infer<typeof EventTypeView>;

export const eventTypeView = (type: EventType): EventTypeView => ({
  type: type.name,
  when: type.when,
  object: type.object,
  channels: [...type.channels],
  topics: topicsOf(type),
  scope: scopeToRead(type.object),
  core: type.core ?? false,
  schema: schemaOf(type),
  example: exampleEvent(type),
});

export const topicsOf = ({ name, channels }: Pick<EventType, 'name' | 'channels'>): Topic[] =>
  channels.includes('live') ? Topic.options.filter((topic) => isOfTopic(topic, name)) : [];

/** Complete in itself: what it refers to is under `$defs`. */
function schemaOf(type: EventType): Record<string, unknown> {
  const schema = z.toJSONSchema(envelopeOfType(type), {
    io: 'output',
    unrepresentable: 'any',
    override: openUnlessStrict,
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: type.name,
    ...tidy(schema),
  };
}

interface CatalogueFilter {
  readonly types?: readonly string[] | undefined;
  readonly channel?: z.infer<typeof EventChannel> | undefined;
  readonly core?: boolean | undefined;
}

/** A page of the catalogue by name, of the types that have been imported; the cursor is the last name of the page before. */
export function listEventTypes(
  { types, channel, core }: CatalogueFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): { items: EventTypeView[]; total: number; cursor?: string } {
  const wanted = allEventTypes()
    .filter(
      (type) =>
        (!types || types.some((pattern) => matchesType(pattern, type.name))) &&
        (channel === undefined || type.channels.includes(channel)) &&
        (core === undefined || core === (type.core ?? false)),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const rest = wanted.filter(({ name }) => !cursor || name > cursor);
  const page = rest.slice(0, limit);
  const last = rest.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(eventTypeView),
    total: wanted.length,
    ...(last ? { cursor: last.name } : {}),
  };
}
