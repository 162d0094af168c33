import * as z from 'zod';
import { authorityChain } from '#shared/aws/authority-chain.ts';
import { serveCustomResource } from '#shared/aws/serve-custom-resource.ts';
import { storeTrusted } from '#shared/aws/store-trusted.ts';
import { noteAuthority } from '#shared/certificates/note-authority.ts';

/**
 * The certificate under which chargers' certificates stand, made with the deployment. Where the edge
 * asks for client certificates, what it is to trust is laid where it looks.
 */
export const handler = serveCustomResource({
  properties: z.object({
    organization: z.string(),
    /** Of KMS, or of AWS Private CA. */
    authority: z.string(),
    /** Other roots whose certificates may come in, PEM. */
    roots: z.string().default(''),
    bucket: z.string().optional(),
    key: z.string().default('trusted.pem'),
  }),
  tenantOf: () => ({ tenantId: '', livemode: true }),
  handle: async ({ organization, authority, roots, bucket, key }, ctx) => {
    const chain = await authorityChain(ctx, authority, organization);
    await noteAuthority(ctx, chain);
    if (bucket) await storeTrusted({ bucket, key }, `${chain}${roots}`);
    return { id: 'certificate-authority' };
  },
});
