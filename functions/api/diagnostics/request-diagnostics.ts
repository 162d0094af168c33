import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { Command } from '#shared/commands/command.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import { findDiagnostics } from '#shared/diagnostics/diagnostics.ts';
import { diagnosticsExample } from '#shared/diagnostics/diagnostics-example.ts';
import { NewDiagnostics } from '#shared/diagnostics/plan-diagnostics.ts';
import { aboutCommands, answerCommand, commandCall } from '#shared/http/command-call.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import { requestDiagnostics } from '#shared/ocpp/requests/request-diagnostics.ts';

const LogCommand = Command.extend({
  diagnostics_id: z.string().meta({ description: 'The request that the command carries out.' }),
}).meta({ id: 'DiagnosticsCommand' });

export const endpoint = defineEndpoint({
  ...commandCall,
  response: LogCommand,
  id: 'requestDiagnostics',
  route: 'POST /v1/chargers/{charger_id}/diagnostics',
  summary: 'Ask a charger for a log',
  description: `
Makes a charger upload its diagnostics or its security log to the platform, from \`oldest_at\` to
\`latest_at\` where given. Chargers do one upload at a time: a request still under way gives way to this.

The command is \`accepted\` when the charger agrees, and ends with the upload. That is done when the file
is there: what a charger only says to have uploaded has failed with \`not_received\`. See
\`GET /v1/chargers/{charger_id}/diagnostics\`, and the events \`diagnostics.completed\` and
\`diagnostics.failed\`. Files are 256 MB at most, and kept for 90 days.

Chargers upload by HTTP. One that speaks FTP alone needs a server of yours as \`upload_url\`: the platform
then knows of the file only what the charger says.

**409 capability_not_supported**: a security log of a charger that keeps none. **409
charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'diagnostics:write',
  body: NewDiagnostics,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    lastDay: {
      summary: 'Diagnostics since a time',
      params: { charger_id: 'BLR-014' },
      body: { kind: 'diagnostics', oldest_at: '2026-05-26T14:00:00Z' },
      response: { ...queuedExample, type: 'upload_log', diagnostics_id: diagnosticsExample.id },
    },
    security: {
      summary: 'The security log',
      params: { charger_id: 'BLR-014' },
      body: { kind: 'security' },
    },
  },
  async recall(ctx, { id }) {
    const { command_id = '' } = (await findDiagnostics(ctx, id)) ?? {};
    return { ...(await getCommand(ctx, command_id)), diagnostics_id: id };
  },
  async handle({ params, body, headers }, ctx) {
    const { diagnostics_id, ...command } = await requestDiagnostics(ctx, params.charger_id, body);
    const answer = await answerCommand(ctx, command, headers);
    return withStatus(answer.status, { ...answer.body, diagnostics_id }, { ...answer.headers });
  },
});

export const handler = serve(endpoint);
