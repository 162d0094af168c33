import { requestCertificate } from '#shared/certificates/request-certificate.ts';
import { defineInbound } from '#shared/ocpp/action.ts';

const statusOf = { accepted: 'Accepted', rejected: 'Rejected' } as const;

/** The certificate follows by CertificateSigned (security whitepaper A02). */
export const signCertificate = defineInbound('ocpp1.6', 'SignCertificate', {
  example: {
    csr: '-----BEGIN CERTIFICATE REQUEST-----\nMIIBAjCBqgIBADBIMQ0wCwYDVQQDDARDUC0x\n-----END CERTIFICATE REQUEST-----\n',
  },
  async handle({ request: { csr }, peer: { chargerId } }, ctx) {
    const answer = await requestCertificate(ctx, { chargerId, csr, use: 'charger' });
    return { status: statusOf[answer] };
  },
});
