import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { TypePattern } from '#shared/events/matches-type.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import {
  EventChannel,
  EventTypeView,
  eventTypeView,
  listEventTypes,
} from '#shared/http/event-catalogue.ts';
import { commaList, listOf, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { SiteCreated } from '#shared/sites/events.ts';

/** Its schema cut short: whole, it is longer than all the rest. */
const shown = {
  ...eventTypeView(SiteCreated),
  schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: SiteCreated.name,
    type: 'object',
    properties: { type: { type: 'string', const: SiteCreated.name } },
    required: ['type'],
  },
};

export const endpoint = defineEndpoint({
  id: 'listEventTypes',
  route: 'GET /v1/event-types',
  summary: 'List the types of events',
  description: `
The catalogue: every type of event that this deployment can tell of, by name, with when it happens, where it
is told, the scope that a credential needs for it, the JSON Schema of the whole event, and an example that
satisfies it. The same for every organization.

New types come without notice, and fields are added to those there are: ignore what you do not know.
\`types\` takes \`session.*\` and \`*\`.`,
  scope: 'events:read',
  query: z.object({
    types: commaList(TypePattern)
      .optional()
      .meta({ description: 'Comma between them.', example: 'session.*,cdr.created' }),
    channel: EventChannel.optional(),
    core: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional(),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('event_types', EventTypeView).meta({ id: 'EventTypeList' }),
  examples: {
    one: {
      summary: 'One type',
      query: { types: 'site.created' },
      response: { event_types: [shown], total: 1, next_cursor: null },
    },
    live: {
      summary: 'What the live stream tells of sessions',
      query: { types: 'session.*', channel: 'live' },
    },
  },
  async handle({ query }, ctx) {
    await import('#shared/catalogue/event-types.ts');
    const { items, ...rest } = await readPage(ctx, 'event-types', query, async (page) =>
      listEventTypes(query, page),
    );
    return { event_types: items, ...rest };
  },
});

export const handler = serve(endpoint);
