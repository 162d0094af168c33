import * as z from 'zod';
import { serve } from '#shared/aws/serve-endpoint.ts';
import { askForRenewal, renewalStep } from '#shared/certificates/renew-certificate.ts';
import { getWholeCharger, type WholeCharger } from '#shared/chargers/charger-view.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { getCommand } from '#shared/commands/settle-command.ts';
import type { CertificateUse } from '#shared/core/certificate-authority.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { chooseAction } from '#shared/ocpp/choose-action.ts';
import { dispatchNow, vocabularyOf } from '#shared/ocpp/requests/request-command.ts';

const Renewal = z
  .object({
    use: z.enum(['charger', 'v2g']).default('charger').meta({
      description:
        '`charger`: its own, by which it connects (security profile 3). `v2g`: the one it shows cars.',
    }),
    expires_in_seconds: expiresIn,
  })
  .meta({ id: 'CertificateRenewal' });

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'renewChargerCertificate',
  route: 'POST /v1/chargers/{charger_id}/certificates/renew',
  summary: "Renew a charger's own certificate",
  description: `
Asks the charger for a signing request. It makes a key that never leaves it; the platform's authority signs,
and the certificate is delivered. The command is \`accepted\` when the charger has agreed, and \`completed\`
when the certificate is installed (\`certificate.renewed\`), with its id and end in \`result.data\`. When that
fails, \`certificate.renewal_failed\` is told and the certificate before stays in use. It may be shown for
seven days after a renewal as well.

Certificates are renewed by themselves 30, 7 and 1 days before they end. This call is for the first one,
which security profile 3 needs, and for whoever cannot wait.

**409 capability_not_supported**: the charger cannot be asked, or it is \`v2g\` of a charger that speaks OCPP
1.6. **409 charger_not_registered**: it has never connected.
${aboutCommands}`,
  scope: 'pnc:write',
  body: Renewal,
  errors: ['not_found', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    own: {
      summary: 'Its own certificate',
      params: { charger_id: 'BLR-014' },
      body: {},
      response: { ...queuedExample, type: 'renew_certificate' },
    },
    v2g: {
      summary: 'The certificate it shows cars',
      params: { charger_id: 'BLR-021' },
      body: { use: 'v2g' },
    },
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    const { use, expires_in_seconds: expiresInSeconds } = body;
    await checkSayable(await getWholeCharger(ctx, chargerId), use);
    const { id } = await askForRenewal(ctx, { chargerId, use, expiresInSeconds });
    await dispatchNow(ctx, chargerId);
    return answerCommand(ctx, await getCommand(ctx, id), headers);
  },
});

/** What cannot be said in the charger's version is refused now, not when its turn comes. */
async function checkSayable(whole: WholeCharger, use: CertificateUse): Promise<void> {
  const { type, input } = renewalStep(use);
  chooseAction(whole.charger, await vocabularyOf(whole), type, input).toRequest(input);
}

export const handler = serve(endpoint);
