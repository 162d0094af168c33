import { defineOutbound } from '#shared/ocpp/action.ts';
import { notInThisVersion } from '#shared/ocpp/inputs/neutral-input.ts';
import { hashOf, installedAs16, wordFor } from '#shared/ocpp/words/certificate-words.ts';
import { ListInput } from '#shared/plug-and-charge/certificate-commands.ts';

/**
 * What certificates the charger has: its list here is replaced by it. 1.6 tells of one kind at a
 * time (security whitepaper M03), and does not repeat which.
 */
export const getInstalledCertificateIds = defineOutbound('ocpp1.6', 'GetInstalledCertificateIds', {
  command: 'list_certificates',
  capability: 'certificates',
  fits: (input) => typeOf(input) !== undefined,
  example: { certificateType: 'CentralSystemRootCertificate' },
  toRequest(input) {
    const certificateType = typeOf(input);
    if (!certificateType) throw notInThisVersion('OCPP 1.6 tells of one kind of root at a time.');
    return { certificateType };
  },
  outcomeOf: ({ status, certificateHashData = [] }) => ({
    status: 'completed',
    outcome: status === 'NotFound' ? 'none' : 'read',
    data: {
      certificates: certificateHashData.map((hash) => ({
        kind: null,
        hash: hashOf(hash),
        children: [],
      })),
    },
  }),
});

function typeOf(input: Readonly<Record<string, unknown>>) {
  const [kind, another] = ListInput.safeParse(input).data?.kinds ?? [];
  return kind && !another ? wordFor(installedAs16, kind) : undefined;
}
