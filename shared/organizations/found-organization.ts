import type { Context } from '#shared/core/context.ts';
import { isoNow } from '#shared/core/context.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { getOrganization, Organization } from '#shared/organizations/organization.ts';

export interface FoundedAs {
  readonly name: string;
  readonly livemode: boolean;
  readonly currency: string;
  readonly timezone: string;
}

/** The context's organization as it begins. */
export const newOrganization = (ctx: Context, wanted: FoundedAs): Organization =>
  Organization.parse({
    ...wanted,
    id: ctx.tenantId,
    auto_register: !wanted.livemode,
    allow_unsecured: !wanted.livemode,
    accept_unknown_tokens: !wanted.livemode,
    created_at: isoNow(ctx),
  });

/**
 * The context's organization, made if there is none; one that exists is left as it is. A test
 * organization is open: it registers unknown chargers by itself and accepts unknown tokens.
 */
export async function foundOrganization(ctx: Context, wanted: FoundedAs): Promise<Organization> {
  const organization = newOrganization(ctx, wanted);
  try {
    await commit(ctx, {
      aggregate: { kind: 'organization', id: ctx.tenantId, version: 1 },
      writes: [
        {
          op: 'put',
          when: 'absent',
          item: { ...keys.organization(ctx.tenantId), ...organization },
        },
      ],
    });
    return organization;
  } catch (error) {
    if (error instanceof ConditionFailed) return getOrganization(ctx);
    throw error;
  }
}
