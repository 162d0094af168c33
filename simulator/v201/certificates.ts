import * as z from 'zod';
import {
  deleteRoot,
  installRoot,
  rootHashes,
  v2gChain,
} from '#simulator/certificates/certificate-store.ts';
import { CertificateHash } from '#simulator/certificates/contract.ts';
import { takeChain } from '#simulator/certificates/signing.ts';
import { answer } from '#simulator/rpc/answer.ts';

const USE = {
  CSMSRootCertificate: 'csms',
  ManufacturerRootCertificate: 'manufacturer',
  V2GRootCertificate: 'v2g',
  MORootCertificate: 'mo',
} as const;
const ROOTS = [
  'CSMSRootCertificate',
  'ManufacturerRootCertificate',
  'V2GRootCertificate',
  'MORootCertificate',
] as const;

export const installCertificate = answer(
  z.object({ certificateType: z.enum(ROOTS), certificate: z.string().max(5500) }),
  (turn, { certificateType, certificate }) => ({
    status: installRoot(turn, { use: USE[certificateType], pem: certificate }),
  }),
);

export const deleteCertificate = answer(
  z.object({ certificateHashData: CertificateHash }),
  (turn, { certificateHashData }) => ({ status: deleteRoot(turn, certificateHashData) }),
);

const GetInstalledCertificateIds = z.object({
  certificateType: z
    .array(z.enum([...ROOTS, 'V2GCertificateChain']))
    .min(1)
    .optional(),
});

/** Without a type, all of them [2.0.1 M03]. */
export const getInstalledCertificateIds = answer(
  GetInstalledCertificateIds,
  (turn, { certificateType }) => {
    const wants = (type: (typeof ROOTS)[number] | 'V2GCertificateChain'): boolean =>
      !certificateType || certificateType.includes(type);
    const roots = ROOTS.filter(wants).flatMap((type) =>
      rootHashes(turn, USE[type]).map((hash) => ({
        certificateType: type,
        certificateHashData: hash,
      })),
    );
    const chain = wants('V2GCertificateChain') ? v2gChain(turn) : null;
    const certificateHashDataChain = [
      ...roots,
      ...(chain
        ? [
            {
              certificateType: 'V2GCertificateChain',
              certificateHashData: chain.hash,
              ...(chain.children.length ? { childCertificateHashData: chain.children } : {}),
            },
          ]
        : []),
    ];
    if (certificateHashDataChain.length === 0) return { status: 'NotFound' };
    return { status: 'Accepted', certificateHashDataChain };
  },
);

const OWN_USE = { ChargingStationCertificate: 'station', V2GCertificate: 'v2g' } as const;

const CertificateSigned = z.object({
  certificateChain: z.string().max(10_000),
  certificateType: z.enum(['ChargingStationCertificate', 'V2GCertificate']).optional(),
});

export const certificateSigned = answer(
  CertificateSigned,
  (turn, { certificateChain, certificateType }) => {
    const use = certificateType === undefined ? null : OWN_USE[certificateType];
    return { status: takeChain(turn, use, certificateChain) };
  },
);
