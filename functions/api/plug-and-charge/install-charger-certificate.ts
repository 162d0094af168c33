import { serve } from '#shared/aws/serve-endpoint.ts';
import { getCharger } from '#shared/chargers/charger-view.ts';
import { queuedExample } from '#shared/commands/command-example.ts';
import { aboutCommands, answerCommand, commandCall, expiresIn } from '#shared/http/command-call.ts';
import { defineEndpoint } from '#shared/http/endpoint.ts';
import { requestCommand } from '#shared/ocpp/requests/request-command.ts';
import { pemExample } from '#shared/plug-and-charge/certificate-example.ts';
import { CertificateToInstall } from '#shared/plug-and-charge/new-installation.ts';

const Installation = CertificateToInstall.extend({ expires_in_seconds: expiresIn }).meta({
  id: 'InstallCertificateRequest',
});

export const endpoint = defineEndpoint({
  ...commandCall,
  id: 'installChargerCertificate',
  route: 'POST /v1/chargers/{charger_id}/certificates',
  summary: 'Install a root certificate in a charger',
  description: `
Has a charger trust a root: a trust anchor of the organization by its id, or a certificate that is given. When
the charger has confirmed, the certificate is in \`GET /v1/chargers/{charger_id}/certificates\`, and
\`certificate.installed\` is told.

A charger of OCPP 1.6 takes \`csms\` and \`manufacturer\` roots by its security extension, and \`v2g\` and \`mo\`
roots if it can do Plug & Charge (\`capabilities.plug_and_charge\`); \`oem\` roots are for no charger.

**409 capability_not_supported**: not this kind, or not this charger. **409 charger_not_registered**: it has
never connected. **422**: what is given is not the valid certificate of one CA.
${aboutCommands}`,
  scope: 'pnc:write',
  body: Installation,
  errors: ['not_found', 'validation_failed', 'charger_not_registered', 'capability_not_supported'],
  examples: {
    anchor: {
      summary: 'A trust anchor of the organization',
      params: { charger_id: 'BLR-014' },
      body: { root_certificate_id: 'rca_9f86d081884c7d659a2feaa0c55ad015' },
      response: { ...queuedExample, type: 'install_certificate' },
    },
    pem: {
      summary: 'Another root',
      params: { charger_id: 'BLR-014' },
      body: { kind: 'csms', certificate: pemExample },
      response: { ...queuedExample, type: 'install_certificate' },
    },
  },
  async handle({ params: { charger_id: chargerId }, body, headers }, ctx) {
    const { expires_in_seconds: expiresInSeconds, ...wanted } = body;
    await getCharger(ctx, chargerId);
    // What reads certificates is heavy; a repeat and a refusal do without.
    const { certificateToInstall } = await import(
      '#shared/plug-and-charge/certificate-to-install.ts'
    );
    const command = await requestCommand(ctx, {
      type: 'install_certificate',
      chargerId,
      input: await certificateToInstall(ctx, wanted),
      serves: { kind: 'installed_certificate', id: chargerId },
      expiresInSeconds,
    });
    return answerCommand(ctx, command, headers);
  },
});

export const handler = serve(endpoint);
