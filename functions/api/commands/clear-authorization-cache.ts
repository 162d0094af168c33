import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';

const ClearCache = z.object({ expires_in_seconds: expiresIn }).meta({ id: 'ClearCacheRequest' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'clearAuthorizationCache',
  route: 'POST /v1/chargers/{charger_id}/commands/clear-cache',
  summary: "Empty a charger's authorization cache",
  description: `
A charger may remember who was let charge, and let them charge again without asking. This makes it
forget: the next card is asked about. Lists of tokens that were sent to the charger stay.

A charger without a cache refuses: the command is \`rejected\`. **409 charger_not_registered**: it has
never connected.
${aboutCommands}`,
  scope: 'commands:write',
  body: ClearCache,
  errors: ['not_found', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    clear: {
      summary: 'Empty the cache',
      params: { charger_id: 'BLR-014' },
      body: {},
      response: { ...queuedExample, type: 'clear_cache' },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const command = await requestCommand(ctx, {
      type: 'clear_cache',
      chargerId: params.charger_id,
      input: {},
      expiresInSeconds: body.expires_in_seconds,
    });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
