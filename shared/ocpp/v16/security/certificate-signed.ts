import { defineOutbound } from '#shared/ocpp/action.ts';
import { DeliveryInput } from '#shared/ocpp/inputs/certificate-input.ts';

/** The answer to a signing request. The whitepaper knows no certificate but the charge point's own. */
export const certificateSigned = defineOutbound('ocpp1.6', 'CertificateSigned', {
  command: 'deliver_certificate',
  capability: 'certificates',
  fits: ({ use }) => use === 'charger',
  example: { certificateChain: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' },
  toRequest: (input) => ({ certificateChain: DeliveryInput.parse(input).chain }),
});
