import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { getWholeCharger } from '#shared/chargers/charger-view.ts';
import { awaitCommand } from '#shared/commands/await-command.ts';
import { Command } from '#shared/commands/command.ts';
import { completedExample } from '#shared/commands/command-example.ts';
import { defineEndpoint, withStatus } from '#shared/http/endpoint.ts';
import { listOf } from '#shared/http/list.ts';
import { readWait } from '#shared/http/prefer.ts';
import { certificateCalls } from '#shared/ocpp/requests/certificate-calls.ts';
import { requestPlan } from '#shared/ocpp/requests/request-plan.ts';
import { chargerCertificateExample } from '#shared/plug-and-charge/certificate-example.ts';
import { certificateReading } from '#shared/plug-and-charge/certificate-reading.ts';
import { ChargerCertificateView } from '#shared/plug-and-charge/charger-certificate.ts';
import { listChargerCertificates } from '#shared/plug-and-charge/list-charger-certificates.ts';

const List = listOf('certificates', ChargerCertificateView)
  .extend({
    refresh: Command.nullable().meta({
      description: 'The call that reads the list from the charger, where one was asked for.',
    }),
  })
  .meta({ id: 'ChargerCertificateList' });

export const endpoint = defineEndpoint({
  id: 'listChargerCertificates',
  route: 'GET /v1/chargers/{charger_id}/certificates',
  summary: 'List the certificates of a charger',
  description: `
What certificates a charger has, as far as is known: the roots it was given or told of, what it shows to cars, and
what it connects with. A certificate that the charger has told of, and that is not known here, shows by its \`hash\`
alone. They are few, and come all at once: \`next_cursor\` is always \`null\`.

\`refresh=true\` **asks the charger** what it has. The answer is what is known, and \`refresh\` the command, which ends
when the charger has told; with \`Prefer: wait=N\` (1 to 20 seconds) the answer waits for that, and is what the
charger has told. OCPP 1.6 tells one kind at a time: the command has a step for each.

Refreshing: **409 charger_not_registered**: it has never connected. **409 capability_not_supported**: it keeps no
certificates.`,
  scope: 'pnc:read',
  params: z.object({ charger_id: z.string().meta({ example: 'BLR-014' }) }),
  query: z.object({
    refresh: z.stringbool().optional().meta({ description: 'Ask the charger.', example: 'true' }),
  }),
  status: 200,
  mayWait: true,
  response: List,
  errors: ['not_found', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    known: {
      summary: 'What is known',
      params: { charger_id: 'BLR-014' },
      response: {
        certificates: [chargerCertificateExample],
        total: 1,
        next_cursor: null,
        refresh: null,
      },
    },
    told: {
      summary: 'What the charger tells',
      params: { charger_id: 'BLR-014' },
      query: { refresh: 'true' },
      response: {
        certificates: [{ ...chargerCertificateExample, reported_at: '2026-06-01T04:31:00.000Z' }],
        total: 1,
        next_cursor: null,
        refresh: {
          ...completedExample,
          type: 'read_certificates',
          result: { outcome: 'read', reason: null, data: { calls: 1 } },
        },
      },
    },
  },
  async handle({ params: { charger_id: chargerId }, query, headers }, ctx) {
    const whole = await getWholeCharger(ctx, chargerId);
    const wait = query.refresh ? readWait(headers) : 0;
    const asked = query.refresh
      ? await requestPlan(ctx, certificateReading(certificateCalls(whole)), { chargerId })
      : null;
    const refresh = asked && wait > 0 ? await awaitCommand(ctx, asked.id, wait) : asked;
    const certificates = await listChargerCertificates(ctx, chargerId);
    const body = { certificates, total: certificates.length, next_cursor: null, refresh };
    return withStatus(200, body, wait > 0 ? { 'Preference-Applied': `wait=${wait}` } : {});
  },
});

export const handler = serve(endpoint);
