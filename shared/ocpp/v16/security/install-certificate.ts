import { defineOutbound } from '#shared/ocpp/action.ts';
import { notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';
import { installedAs16, wordFor } from '#shared/ocpp/words/certificate-words.ts';
import { InstallInput } from '#shared/plug-and-charge/certificate-commands.ts';

/**
 * Has the charger trust a root, which joins its list here: those of the platform and of firmware
 * (security whitepaper M05); those of Plug & Charge go another way.
 */
export const installCertificate = defineOutbound('ocpp1.6', 'InstallCertificate', {
  command: 'install_certificate',
  capability: 'certificates',
  fits: ({ kind }) => wordFor(installedAs16, String(kind)) !== undefined,
  example: {
    certificateType: 'CentralSystemRootCertificate',
    certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  },
  toRequest(input) {
    const { kind, pem } = InstallInput.parse(input);
    const certificateType = wordFor(installedAs16, kind);
    if (!certificateType) throw notInThisVersion(`OCPP 1.6 has no ${kind} root.`);
    return { certificateType, certificate: pem };
  },
});
