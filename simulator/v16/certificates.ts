import * as z from 'zod';
import { deleteRoot, installRoot, rootHashes } from '#simulator/certificates/certificate-store.ts';
import { CertificateHash } from '#simulator/certificates/contract.ts';
import { takeChain } from '#simulator/certificates/signing.ts';
import { answer } from '#simulator/rpc/answer.ts';

const USE = {
  CentralSystemRootCertificate: 'csms',
  ManufacturerRootCertificate: 'manufacturer',
} as const;
const Use = z.enum(['CentralSystemRootCertificate', 'ManufacturerRootCertificate']);

export const installCertificate = answer(
  z.object({ certificateType: Use, certificate: z.string().max(5500) }),
  (turn, { certificateType, certificate }) => ({
    status: installRoot(turn, { use: USE[certificateType], pem: certificate }),
  }),
);

export const deleteCertificate = answer(
  z.object({ certificateHashData: CertificateHash }),
  (turn, { certificateHashData }) => ({ status: deleteRoot(turn, certificateHashData) }),
);

export const getInstalledCertificateIds = answer(
  z.object({ certificateType: Use }),
  (turn, { certificateType }) => {
    const certificateHashData = rootHashes(turn, USE[certificateType]);
    if (certificateHashData.length === 0) return { status: 'NotFound' };
    return { status: 'Accepted', certificateHashData };
  },
);

export const certificateSigned = answer(
  z.object({ certificateChain: z.string().max(10_000) }),
  (turn, { certificateChain }) => ({ status: takeChain(turn, 'station', certificateChain) }),
);
