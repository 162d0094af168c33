import { defineInbound } from '#shared/ocpp/action.ts';
import { questionOf } from '#shared/ocpp/words/certificate-words.ts';

/** Of `ocspResult`, base64. */
const LONGEST = 5500;

/**
 * M06: the charger asks what its issuer says of a certificate, mostly its own, to show it to cars. It
 * gets the responder's answer as it is, and checks it.
 */
export const getCertificateStatus = defineInbound('ocpp2.0.1', 'GetCertificateStatus', {
  example: {
    ocspRequestData: {
      hashAlgorithm: 'SHA256',
      issuerNameHash: '5115b6c3bc57db18a3ffcd9d37a6782b3cc4a16eaa0c5d22ba32f68e4ccf1dd8',
      issuerKeyHash: '0dc4dd6e485d1c2095c71f2793224a604c9047faa90663081c3d2a5cbdf15487',
      serialNumber: 'a1b2c3d4e5f',
      responderURL: 'http://127.0.0.1:9/ocsp',
    },
  },
  async handle({ request }, ctx) {
    const { askOcsp } = await import('#shared/plug-and-charge/ask-ocsp.ts');
    const der = await askOcsp(ctx, questionOf(request.ocspRequestData));
    if (!der) return failed('NoOcspResponse');
    const ocspResult = Buffer.from(der).toString('base64');
    if (ocspResult.length > LONGEST) return failed('OcspResponseTooLong');
    return { status: 'Accepted' as const, ocspResult };
  },
});

const failed = (reasonCode: string) => ({ status: 'Failed' as const, statusInfo: { reasonCode } });
