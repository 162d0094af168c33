import * as z from 'zod';
import { requestCertificate } from '#shared/certificates/request-certificate.ts';
import { defineInbound } from '#shared/ocpp/action.ts';

const statusOf = { accepted: 'Accepted', rejected: 'Rejected' } as const;
const uses = { ChargingStationCertificate: 'charger', V2GCertificate: 'v2g' } as const;

/** What OCPP 2.1 adds: a number to be echoed, and certificates of ISO 15118-20, which we do not make. */
const Since21 = z.object({
  requestId: z.int().optional(),
  certificateType: z.string().optional(),
});

/** The certificate follows by CertificateSigned (A02, A03). */
export const signCertificate = defineInbound('ocpp2.0.1', 'SignCertificate', {
  example: {
    csr: '-----BEGIN CERTIFICATE REQUEST-----\nMIIBAjCBqgIBADBIMQ0wCwYDVQQDDARDUC0x\n-----END CERTIFICATE REQUEST-----\n',
    certificateType: 'ChargingStationCertificate',
  },
  async handle({ request, peer: { chargerId } }, ctx) {
    const { requestId: requestNumber, certificateType } = Since21.parse(request);
    if (certificateType === 'V2G20Certificate')
      return { status: statusOf.rejected, statusInfo: { reasonCode: 'UnsupportedRequest' } };
    const use = uses[request.certificateType ?? 'ChargingStationCertificate'];
    const { csr } = request;
    const answer = await requestCertificate(ctx, { chargerId, csr, use, requestNumber });
    return { status: statusOf[answer] };
  },
});
