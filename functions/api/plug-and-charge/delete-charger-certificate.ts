import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { aboutCommands, answerCommand, commandCall } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { certificateToDelete } from '#shared/plug-and-charge/certificate-to-delete.ts';

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'deleteChargerCertificate',
  route: 'DELETE /v1/chargers/{charger_id}/certificates/{certificate_id}',
  summary: 'Delete a certificate from a charger',
  description: `
Asks a charger to forget a certificate that is in its list. It is named as the charger itself names it: read the
list with \`refresh=true\` first where you can, since a charger may hash otherwise than we reckon. When the charger
has confirmed, the certificate leaves the list and \`certificate.deleted\` is told; a charger that says it does not
have it ends the command as \`rejected\` (\`not_found\`), and the certificate leaves the list too.

A charger refuses to delete the certificate it connects with.

**404**: no such charger, or no such certificate in its list. **409 conflict**: it cannot be named yet; refresh
the list. **409 capability_not_supported**: the charger has no words for it. **409 charger_not_registered**: it
has never connected.
${aboutCommands}`,
  scope: 'pnc:write',
  params: z.object({
    charger_id: z.string().meta({ example: 'BLR-014' }),
    certificate_id: z.string().max(64).meta({ example: 'crt_5f2d0c8b7e6a49138f0b1c2d3e4f5a6b' }),
  }),
  errors: ['not_found', 'conflict', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    root: {
      summary: 'A root that is no longer trusted',
      params: { charger_id: 'BLR-014', certificate_id: 'crt_5f2d0c8b7e6a49138f0b1c2d3e4f5a6b' },
      response: { ...queuedExample, type: 'delete_certificate' },
    },
  },
  async handle({ params: { charger_id: chargerId, certificate_id }, headers }, ctx) {
    await getCharger(ctx, chargerId);
    const command = await requestCommand(ctx, {
      type: 'delete_certificate',
      chargerId,
      input: await certificateToDelete(ctx, chargerId, certificate_id),
      serves: { kind: 'installed_certificate', id: chargerId },
    });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
