import * as z from 'zod';
import { callerKinds, isCaller } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError } from '#shared/core/errors.ts';
import { API_VERSION } from '#shared/events/envelope.ts';
import { deprecatedUses } from '#shared/http/deprecation.ts';
import { policies, remainingRequests, WINDOW_SECONDS } from '#shared/http/rate-limit.ts';
import { getOrganization } from '#shared/organizations/organization.ts';

export const CallerIdentity = z
  .object({
    organization_id: z.string().meta({ example: 'demo' }),
    organization_name: z.string(),
    home_organization_id: z.string().nullable().meta({
      description:
        'The organization of the credential, where it acts for a child by `Magma-Organization`; else null.',
    }),
    livemode: z.boolean(),
    credential: z.object({
      type: z.enum(callerKinds),
      id: z.string(),
      client_id: z.string().nullable().meta({
        description: 'The OAuth client through which a person calls; else null.',
      }),
    }),
    scopes: z.array(z.string()),
    site_ids: z
      .array(z.string())
      .nullable()
      .meta({ description: 'The sites the credential is restricted to; null for all.' }),
    rate_limit: z.object({
      policy: z.string(),
      limit: z.int(),
      window_seconds: z.int(),
      remaining: z.int().meta({ description: 'After this request.' }),
    }),
    api_version: z.string(),
    deprecated_operations: z.array(z.string()).meta({
      description: 'Operations that will go away and that you called in the last 90 days.',
    }),
  })
  .meta({ id: 'CallerIdentity', description: 'Who a credential is.' });
export type CallerIdentity = z.infer<typeof CallerIdentity>;

export async function identifyCaller(ctx: Context): Promise<CallerIdentity> {
  const { actor } = ctx;
  if (!isCaller(actor)) throw new AppError('unauthenticated', 'Nobody is calling.');
  const [organization, remaining, deprecated] = await Promise.all([
    getOrganization(ctx),
    remainingRequests(ctx, actor.id),
    deprecatedUses(ctx),
  ]);
  return {
    organization_id: ctx.tenantId,
    organization_name: organization.name,
    home_organization_id: actor.homeOrganizationId ?? null,
    livemode: ctx.livemode,
    credential: { type: actor.kind, id: actor.id, client_id: actor.clientId ?? null },
    scopes: [...actor.scopes],
    site_ids: actor.siteIds ? [...actor.siteIds] : null,
    rate_limit: {
      policy: 'default',
      limit: policies.default,
      window_seconds: WINDOW_SECONDS,
      remaining,
    },
    api_version: API_VERSION,
    deprecated_operations: deprecated,
  };
}
