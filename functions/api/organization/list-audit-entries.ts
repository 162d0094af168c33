import * as z from 'zod';
import { AuditEntry } from '#shared/audit/audit-entry.ts';
import { auditExample } from '#shared/audit/audit-example.ts';
import { listAuditEntries } from '#shared/audit/list-audit-entries.ts';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { callerKinds } from '#shared/core/caller.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { instant } from '#shared/http/instant.ts';
import { answerList, listOf, pageQuery } from '#shared/http/list.ts';

export const endpoint = defineEndpoint({
  id: 'listAuditEntries',
  route: 'GET /v1/audit-entries',
  summary: 'List audit entries',
  description: `
Who changed what, when and from where, newest first: one entry for every change that a key, an OAuth client,
a member or a driver made, with what there was before and after. An entry is written with its change, in one
transaction: there is none without the other, and a repeat with the same \`Idempotency-Key\` leaves no second
one. Nothing alters an entry. They are kept for two years in live mode, for 90 days in test mode.

Passwords, secrets and what they are recognised by read \`[redacted]\`; an entry tells that they changed. A card's
uid is whole in its token's entries alone. What follows from a change later, at a charger or in a batch, is told
by the events whose \`cause.request_id\` is the entry's, and by commands with the batch's id.

\`object_id\` finds the entries of one object, \`charger_id\` those of everything that was done at one charger,
\`request_id\` those of one request: each reads little. The other filters look through what these leave; a page
may then be short or empty: go on while \`next_cursor\` is given. An entry may take a second to be found by its
object or charger.

A credential restricted to sites sees the entries of what is at its sites, and none of what belongs to the whole
organization.`,
  scope: 'audit:read',
  query: z.object({
    actor_id: z.string().max(64).optional().meta({ example: auditExample.actor.id }),
    actor_type: z.enum(callerKinds).optional(),
    object_type: z.string().max(64).optional().meta({ example: 'site' }),
    object_id: z.string().max(256).optional().meta({ example: 'BLR-IND' }),
    charger_id: z.string().max(48).optional().meta({ example: 'BLR-014' }),
    action: z
      .string()
      .max(64)
      .optional()
      .meta({ description: 'The id of an operation.', example: 'updateSite' }),
    request_id: z.string().max(64).optional().meta({ description: '`X-Request-Id`.' }),
    created_after: instant.optional(),
    created_before: instant.optional(),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('audit_entries', AuditEntry).meta({ id: 'AuditEntryList' }),
  examples: {
    ofSite: {
      summary: 'What was done to a site',
      query: { object_type: 'site', object_id: 'BLR-IND' },
      response: { audit_entries: [auditExample], total: null, next_cursor: null },
    },
    byKey: {
      summary: 'What a key did in May',
      query: {
        actor_id: auditExample.actor.id,
        created_after: '2026-05-01T00:00:00Z',
        created_before: '2026-06-01T00:00:00Z',
      },
    },
  },
  handle: ({ query }, ctx) =>
    answerList(ctx, { list: 'audit_entries', plural: 'audit_entries', query }, (page) =>
      listAuditEntries(ctx, query, page),
    ),
});

export const handler = serve(endpoint);
