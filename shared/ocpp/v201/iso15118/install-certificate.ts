import { defineOutbound } from '#shared/ocpp/action.ts';
import { notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';
import { installedAs, wordFor } from '#shared/ocpp/words/certificate-words.ts';
import { InstallInput } from '#shared/plug-and-charge/certificate-commands.ts';

/** Has the charger trust a root, which joins its list here (M05). */
export const installCertificate = defineOutbound('ocpp2.0.1', 'InstallCertificate', {
  command: 'install_certificate',
  capability: 'certificates',
  fits: ({ kind }) => wordFor(installedAs, String(kind)) !== undefined,
  example: {
    certificateType: 'V2GRootCertificate',
    certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  },
  toRequest(input) {
    const { kind, pem } = InstallInput.parse(input);
    const certificateType = wordFor(installedAs, kind);
    if (!certificateType) throw notInThisVersion(`A charger keeps no ${kind} root.`);
    return { certificateType, certificate: pem };
  },
});
