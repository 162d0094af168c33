import * as z from 'zod';
import { scopesOf } from '#shared/core/caller.ts';
import type { Context } from '#shared/core/context.ts';
import { AppError, conflict } from '#shared/core/errors.ts';
import { sha256 } from '#shared/core/ids.ts';
import { allowedSites } from '#shared/core/site-access.ts';
import { ConditionFailed } from '#shared/core/table.ts';
import { keys } from '#shared/db/keys.ts';
import { commit } from '#shared/events/commit.ts';
import { type ApiKey, newApiKeyRows } from '#shared/organizations/api-key.ts';
import { childIds, childRow } from '#shared/organizations/child-organizations.ts';
import { newOrganization } from '#shared/organizations/found-organization.ts';
import { newApiKey } from '#shared/organizations/mint-api-key.ts';
import {
  getOrganization,
  type Organization,
  OrganizationId,
} from '#shared/organizations/organization.ts';
import {
  OrganizationCurrency,
  OrganizationName,
} from '#shared/organizations/organization-patch.ts';
import { Timezone } from '#shared/sites/site.ts';

const AT_MOST = 200;
const LETTERS = 8;

export const NewOrganization = z
  .strictObject({
    id: OrganizationId.optional().meta({
      description:
        'Your own id, a hyphen, and what you like: the first part of its chargers’ OCPP path. Left out, one is made.',
      example: 'main-north',
    }),
    name: OrganizationName,
    currency: OrganizationCurrency.optional(),
    timezone: Timezone.optional(),
  })
  .meta({ id: 'NewOrganization' });
export type NewOrganization = z.output<typeof NewOrganization>;

interface Created {
  readonly organization: Organization;
  readonly key: ApiKey;
  readonly secret: string;
}

/**
 * A child of the caller's organization, in the same mode, with a first key that may what the caller may.
 * Throws validation_failed for an id outside of one's own, site_restricted, and conflict for an id that is
 * taken, too many children, and a child that wants children.
 */
export async function createOrganization(ctx: Context, input: NewOrganization): Promise<Created> {
  if (allowedSites(ctx))
    throw new AppError(
      'site_restricted',
      'An organization is of all sites; this credential is not.',
    );
  const parent = await getOrganization(ctx);
  if (parent.parent_id !== null) throw conflict('A child organization has no children.');
  if ((await childIds(ctx)).length >= AT_MOST)
    throw conflict(`An organization has at most ${AT_MOST} children.`);
  const id = input.id ?? madeUp(ctx, parent.id);
  checkId(id, parent.id);
  const { currency = parent.currency, timezone = parent.timezone, name } = input;
  const child = { ...ctx, tenantId: id };
  const wanted = { name, livemode: ctx.livemode, currency, timezone };
  const organization = { ...newOrganization(child, wanted), parent_id: parent.id };
  const { key, secret } = newApiKey(child, { name: 'First key', scopes: scopesOf(ctx) });
  const pointer = childRow(parent.id, { organization_id: id, livemode: ctx.livemode });
  try {
    await commit(ctx, {
      aggregate: { kind: 'organization', id, version: organization.version },
      writes: [
        { op: 'put', when: 'absent', item: { ...keys.organization(id), ...organization } },
        { op: 'put', when: 'absent', item: pointer },
        ...newApiKeyRows(key, sha256(secret)),
      ],
    });
  } catch (error) {
    const isTaken = error instanceof ConditionFailed && error.failed.some((n) => n < 2);
    throw isTaken ? conflict('There is an organization with this id.') : error;
  }
  return { organization, key, secret };
}

/** Nobody finds out by trying which organizations there are: all ids that may be tried are one's own. */
function checkId(id: string, parent: string): void {
  const isOwn = id.startsWith(`${parent}-`) && id.length > parent.length + 1;
  if (isOwn && OrganizationId.safeParse(id).success) return;
  const message = `Begins with ${parent}-, your own id.`;
  throw new AppError('validation_failed', 'This id is not one of yours.', {
    errors: [{ field: 'id', code: 'invalid_format', message }],
  });
}

const madeUp = (ctx: Context, parent: string): string =>
  `${parent}-${ctx.newId('org').slice(-LETTERS).toLowerCase()}`;
