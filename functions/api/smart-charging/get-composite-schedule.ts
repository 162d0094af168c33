import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { completedExample } from '#shared/commands/command-example.ts';
import { answerQueued } from '#shared/http/answer-queued.ts';
import { aboutCommands, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { dispatchNow } from '#shared/ocpp/requests/request-command.ts';
import { getCompositeSchedule } from '#shared/smart-charging/composite-schedule.ts';
import { outsideLimitExample } from '#shared/smart-charging/profile-example.ts';

const Body = z
  .object({
    connector: z.int().min(1).max(999).optional().meta({
      description: 'Of this connector; what the whole charger may draw where left out.',
    }),
    duration_seconds: z.int().min(1).max(2_592_000).default(86_400).meta({
      description: 'From now on; a day where left out.',
    }),
    unit: z.enum(['kw', 'a']).optional().meta({
      description: 'What the charger should reckon in; the answer is in both.',
    }),
    expires_in_seconds: expiresIn,
  })
  .meta({ id: 'CompositeScheduleRequest' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'getCompositeSchedule',
  route: 'POST /v1/chargers/{charger_id}/composite-schedule',
  summary: 'Ask a charger what it will do',
  description: `
The charger works out what all its profiles and limits come to over a time. The command's
\`result.data\` is that schedule: \`connector\` (null: the whole charger), \`starts_at\`, \`duration_seconds\`,
\`periods\` (\`start_seconds\`, \`limit_kw\`, \`limit_a\` per phase, \`phases\`; none where nothing limits it) and
\`outside_limits\`, what an energy manager or the grid hold it to as far as it told. Ask with
\`Prefer: wait=10\` to have it in the answer.

**422 validation_failed**: the charger has no such connector. **409 capability_not_supported**: it follows
no profiles. **409 charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'energy:read',
  body: Body,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    nextHour: {
      summary: 'Connector 1 in the next hour',
      params: { charger_id: 'BLR-014' },
      body: { connector: 1, duration_seconds: 3600 },
      response: {
        ...completedExample,
        type: 'get_composite_schedule',
        connector: 1,
        result: {
          outcome: 'accepted',
          reason: null,
          data: {
            connector: 1,
            starts_at: '2026-05-27T14:03:22Z',
            duration_seconds: 3600,
            periods: [{ start_seconds: 0, limit_kw: 6.9, limit_a: 10, phases: 3 }],
            outside_limits: [outsideLimitExample],
          },
        },
        ocpp: null,
      },
    },
  },
  async handle({ params, body, headers }, ctx) {
    const { expires_in_seconds, ...asked } = body;
    const id = await getCompositeSchedule(ctx, params.charger_id, asked, expires_in_seconds);
    await dispatchNow(ctx, params.charger_id);
    return answerQueued(ctx, id, headers);
  },
});

export const handler = serve(endpoint);
