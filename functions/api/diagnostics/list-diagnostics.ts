import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { Diagnostics, DiagnosticsStatus } from '#shared/diagnostics/diagnostics.ts';
import { diagnosticsExample } from '#shared/diagnostics/diagnostics-example.ts';
import { listDiagnostics } from '#shared/diagnostics/list-diagnostics.ts';
import { LogKind } from '#shared/diagnostics/log-command.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { answerList, commaList, listOf, pageQuery } from '#shared/http/list.ts';

export const endpoint = defineEndpoint({
  id: 'listDiagnostics',
  route: 'GET /v1/chargers/{charger_id}/diagnostics',
  summary: 'List the logs of a charger',
  description: `
The logs that a charger was asked for in the last 90 days, newest first, with what became of each. One
that is \`uploaded\` has a \`download_url\`, which gives the file to whoever has it for 15 minutes: it needs
no credential, so treat it as one. \`total\` is null: the list is a history.

A charger that is not there, or not yours, has no logs.`,
  scope: 'diagnostics:read',
  params: z.object({ charger_id: z.string().max(48).meta({ example: 'BLR-014' }) }),
  query: z.object({
    ids: commaList(z.string().max(40)).optional().meta({ description: 'These, comma between.' }),
    kind: LogKind.optional(),
    status: commaList(DiagnosticsStatus)
      .optional()
      .meta({ description: 'One of these, comma between them.', example: 'uploaded' }),
    ...pageQuery,
  }),
  status: 200,
  response: listOf('diagnostics', Diagnostics).meta({ id: 'DiagnosticsList' }),
  examples: {
    all: {
      summary: 'All logs of a charger',
      params: { charger_id: 'BLR-014' },
      response: { diagnostics: [diagnosticsExample], total: null, next_cursor: null },
    },
  },
  handle({ params, query }, ctx) {
    const list = `listDiagnostics ${params.charger_id}`;
    return answerList(ctx, { list, plural: 'diagnostics', query }, (page) =>
      listDiagnostics(ctx, { ...query, charger_id: params.charger_id }, page),
    );
  },
});

export const handler = serve(endpoint);
