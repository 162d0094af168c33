import { defineOutbound } from '#shared/ocpp/action.ts';
import { DeliveryInput } from '#shared/ocpp/inputs/certificate-input.ts';

const types = { charger: 'ChargingStationCertificate', v2g: 'V2GCertificate' } as const;

/** The answer to a signing request. OCPP 2.1 wants the number of the request back where it had one. */
export const certificateSigned = defineOutbound('ocpp2.0.1', 'CertificateSigned', {
  command: 'deliver_certificate',
  capability: 'certificates',
  example: {
    certificateChain: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    certificateType: 'ChargingStationCertificate',
  },
  toRequest(input) {
    const { chain, use, request_number: requestId } = DeliveryInput.parse(input);
    return {
      certificateChain: chain,
      certificateType: types[use],
      ...(requestId === undefined ? {} : { requestId }),
    };
  },
});
