import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { countedListOf, countQuery, totalOf } from '#shared/http/counted-list.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { commaList, pageQuery } from '#shared/http/list.ts';
import { readPage } from '#shared/http/read-page.ts';
import { ExpandedSession, expandCdrs } from '#shared/sessions/expand-cdr.ts';
import { countSessions, listSessions } from '#shared/sessions/list-sessions.ts';
import { SessionStatus } from '#shared/sessions/session.ts';
import { chargingExample, endedExample } from '#shared/sessions/session-example.ts';

export const endpoint = defineEndpoint({
  id: 'listSessions',
  route: 'GET /v1/sessions',
  summary: 'List sessions and their CDRs',
  description: `
Sessions of today and of the past, newest first. One that has ended carries the summary of its CDR in
\`cdr\`: energy, duration and what it cost. Filters narrow the list together; commas within one filter
mean *or*. \`status=starting,charging,suspended,stopping\` is everything under way, and is quick however
long the history is.

\`total\` is \`null\` unless \`include_total=true\` asks for it: counting history means reading it. It stops
at 10,000 and then says \`total_capped\`. A page of a narrow filter may be short, or even empty: go on
while \`next_cursor\` is given.

A credential that is restricted to sites sees the sessions of those sites alone.`,
  scope: 'sessions:read',
  forDrivers: true,
  query: z.object({
    status: commaList(SessionStatus)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'charging,suspended' }),
    charger_id: z
      .string()
      .max(48)
      .optional()
      .meta({ description: 'On this charger.', example: 'BLR-014' }),
    site_id: z
      .string()
      .max(48)
      .optional()
      .meta({ description: 'At this site.', example: 'BLR-IND' }),
    driver_id: z.string().max(64).optional().meta({ description: 'Of this driver.' }),
    ids: commaList(z.string().max(64))
      .optional()
      .meta({ description: 'These alone, comma between them.' }),
    external_ref: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'With this reference of yours.' }),
    started_after: instant.optional().meta({ example: '2026-05-01T00:00:00Z' }),
    started_before: instant.optional(),
    expand: commaList(z.literal('cdr'))
      .optional()
      .meta({ description: '`cdr`: the whole CDR of each ended session.', example: 'cdr' }),
    ...countQuery,
    ...pageQuery,
  }),
  status: 200,
  response: countedListOf('sessions', ExpandedSession).meta({ id: 'SessionList' }),
  examples: {
    historyOfSite: {
      summary: 'What was charged at a site since the first of May',
      query: {
        site_id: 'BLR-IND',
        status: 'ended',
        started_after: '2026-05-01T00:00:00+05:30',
      },
      response: { sessions: [endedExample], total: null, next_cursor: null },
    },
    underWay: {
      summary: 'All sessions under way',
      query: { status: 'starting,charging,suspended,stopping' },
      response: { sessions: [chargingExample], total: null, next_cursor: null },
    },
  },
  async handle({ query }, ctx) {
    const { include_total, expand, limit: _, cursor: __, ...filter } = query;
    const { items, ...rest } = await readPage(ctx, 'sessions', query, (page) =>
      listSessions(ctx, filter, page),
    );
    const total = await totalOf(include_total, (atMost) => countSessions(ctx, filter, atMost));
    const sessions = expand?.includes('cdr') ? await expandCdrs(ctx, items) : items;
    return { sessions, ...rest, ...total };
  },
});

export const handler = serve(endpoint);
