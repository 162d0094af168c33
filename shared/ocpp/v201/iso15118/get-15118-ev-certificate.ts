import { defineInbound } from '#shared/ocpp/action.ts';

/**
 * M01, M02: a car asks for its contract certificate, or a newer one. Who issues it answers; what is
 * asked and answered is for the car and the issuer alone to read.
 */
export const get15118EvCertificate = defineInbound('ocpp2.0.1', 'Get15118EVCertificate', {
  example: {
    iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef',
    action: 'Install',
    exiRequest: 'gJgC',
  },
  async handle({ request, peer: { chargerId } }, ctx) {
    const { provideCertificate } = await import('#shared/plug-and-charge/provide-certificate.ts');
    const provided = await provideCertificate(ctx, {
      chargerId,
      action: request.action === 'Install' ? 'install' : 'update',
      schemaVersion: request.iso15118SchemaVersion,
      exiRequest: request.exiRequest,
    });
    const { exiResponse, reason: reasonCode } = provided;
    if (exiResponse !== undefined) return { status: 'Accepted' as const, exiResponse };
    return { status: 'Failed' as const, exiResponse: '', statusInfo: { reasonCode } };
  },
});
