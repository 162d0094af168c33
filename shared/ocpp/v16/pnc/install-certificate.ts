import { sayIn201 } from '#shared/ocpp/v16/pnc/say-in-201.ts';
import { installCertificate } from '#shared/ocpp/v201/iso15118/install-certificate.ts';

/** Roots of Plug & Charge; those of the platform and of firmware 1.6 itself has words for. */
export const pncInstallCertificate = sayIn201(
  installCertificate,
  ({ kind }) => kind === 'v2g' || kind === 'mo',
);
