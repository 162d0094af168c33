import { sayIn201 } from '#shared/ocpp/v16/pnc/say-in-201.ts';
import { certificateSigned } from '#shared/ocpp/v201/security/certificate-signed.ts';

/** The certificate a charger shows to cars. */
export const pncCertificateSigned = sayIn201(certificateSigned, ({ use }) => use === 'v2g');
