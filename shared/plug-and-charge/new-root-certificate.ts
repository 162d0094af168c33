import * as z from 'zod';
import { RootKind } from '#shared/plug-and-charge/root-certificate.ts';

export const NewRootCertificate = z
  .object({
    kind: RootKind,
    certificate: z.string().max(30_000).meta({
      description:
        'PEM: the certificate to be trusted, with the CAs below it if there are any, in any order.',
    }),
    name: z.string().trim().min(1).max(200).nullable().default(null).meta({
      description: 'How people call it.',
      example: 'Mobility operator root 2026',
    }),
  })
  .meta({ id: 'NewRootCertificate' });
export type NewRootCertificate = z.output<typeof NewRootCertificate>;
