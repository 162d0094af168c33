import * as z from 'zod';
import { keySafe } from '#shared/aws/key-safe.ts';
import { serveCustomResource } from '#shared/aws/serve-custom-resource.ts';
import { EmailAddress } from '#shared/core/email-address.ts';
import { inviteFirstOwner } from '#shared/members/found-owner.ts';
import { keepFirstApiKey } from '#shared/organizations/first-api-key.ts';
import { foundOrganization } from '#shared/organizations/found-organization.ts';

/** The first organization, its first API key and the invitation of its first owner, made with the deployment. */
export const handler = serveCustomResource({
  properties: z.object({
    organization: z.string(),
    name: z.string(),
    livemode: z.stringbool(),
    currency: z.string(),
    timezone: z.string(),
    secret: z.string(),
    /** The address of the first owner. */
    owner: EmailAddress.optional(),
  }),
  tenantOf: ({ organization, livemode }) => ({ tenantId: organization, livemode }),
  handle: async ({ secret, owner, ...wanted }, ctx) => {
    const organization = await foundOrganization(ctx, wanted);
    await keepFirstApiKey(ctx, keySafe(secret));
    if (owner) await inviteFirstOwner(ctx, owner);
    return { id: organization.id };
  },
});
