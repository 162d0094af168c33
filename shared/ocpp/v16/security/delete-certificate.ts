import { defineOutbound } from '#shared/ocpp/action.ts';
import { installedAs16, wireHash, wordFor } from '#shared/ocpp/words/certificate-words.ts';
import { deletedOutcome } from '#shared/ocpp/words/deleted-outcome.ts';
import { DeleteInput } from '#shared/plug-and-charge/certificate-commands.ts';

/** Has the charger forget a certificate, which leaves its list here too (security whitepaper M04). */
export const deleteCertificate = defineOutbound('ocpp1.6', 'DeleteCertificate', {
  command: 'delete_certificate',
  capability: 'certificates',
  fits: ({ kind }) => wordFor(installedAs16, String(kind)) !== undefined,
  example: {
    certificateHashData: {
      hashAlgorithm: 'SHA256',
      issuerNameHash: '5115b6c3bc57db18a3ffcd9d37a6782b3cc4a16eaa0c5d22ba32f68e4ccf1dd8',
      issuerKeyHash: '0dc4dd6e485d1c2095c71f2793224a604c9047faa90663081c3d2a5cbdf15487',
      serialNumber: 'a1b2c3d4e5f',
    },
  },
  toRequest: (input) => ({ certificateHashData: wireHash(DeleteInput.parse(input).hash) }),
  outcomeOf: deletedOutcome,
});
