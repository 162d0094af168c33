import * as z from 'zod';
import { RootKind } from '#shared/plug-and-charge/root-certificate.ts';

/** What a charger is to be given. */
export const CertificateToInstall = z
  .object({
    root_certificate_id: z.string().max(64).optional().meta({
      description: 'A trust anchor of the organization …',
      example: 'rca_9f86d081884c7d659a2feaa0c55ad015',
    }),
    certificate: z.string().max(10_000).optional().meta({ description: '… or a root as PEM.' }),
    kind: RootKind.optional().meta({
      description: 'What the charger trusts it for; of a trust anchor it is known.',
    }),
  })
  .meta({ id: 'CertificateToInstall' });
export type CertificateToInstall = z.output<typeof CertificateToInstall>;
