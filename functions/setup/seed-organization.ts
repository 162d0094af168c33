import * as z from 'zod';
import { keySafe } from '#shared/aws/key-safe.ts';
import { serveCustomResource } from '#shared/aws/serve-custom-resource.ts';
import { keepFirstApiKey } from '#shared/organizations/first-api-key.ts';
import { foundOrganization } from '#shared/organizations/found-organization.ts';

/** The first organization and its first API key, made with the deployment. */
export const handler = serveCustomResource({
  properties: z.object({
    organization: z.string(),
    name: z.string(),
    livemode: z.stringbool(),
    currency: z.string(),
    timezone: z.string(),
    secret: z.string(),
  }),
  tenantOf: ({ organization, livemode }) => ({ tenantId: organization, livemode }),
  handle: async ({ secret, ...wanted }, ctx) => {
    const organization = await foundOrganization(ctx, wanted);
    await keepFirstApiKey(ctx, keySafe(secret));
    return { id: organization.id };
  },
});
