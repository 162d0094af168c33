import { defineOutbound } from '#shared/ocpp/action.ts';
import { reportedAs, reportedBy, wordFor } from '#shared/ocpp/words/certificate-words.ts';
import { ListInput } from '#shared/plug-and-charge/certificate-commands.ts';

/**
 * What certificates the charger has: its list here is replaced by it (M03). One that has none of a
 * kind says NotFound.
 */
export const getInstalledCertificateIds = defineOutbound(
  'ocpp2.0.1',
  'GetInstalledCertificateIds',
  {
    command: 'list_certificates',
    capability: 'certificates',
    example: {},
    toRequest(input) {
      const { kinds } = ListInput.parse(input);
      const [first, ...others] = kinds.flatMap((kind) => wordFor(reportedAs, kind) ?? []);
      return first ? { certificateType: [first, ...others] } : {};
    },
    outcomeOf: ({ status, certificateHashDataChain = [] }) => ({
      status: 'completed',
      outcome: status === 'NotFound' ? 'none' : 'read',
      data: { certificates: reportedBy(certificateHashDataChain) },
    }),
  },
);
