import type { Context } from '#shared/core/context.ts';
import { kindOf, type Person, personKey, readPerson } from '#shared/oauth/person.ts';
import type { ProviderClient } from '#shared/oauth/provider-client.ts';

/** The context of a client's organization. */
export const withinClient = (
  ctx: Context,
  { organization_id: tenantId, livemode }: Pick<ProviderClient, 'organization_id' | 'livemode'>,
): Context => ({ ...ctx, tenantId, livemode });

/** The person with this id whom a client can be for, unless there is none any more. */
export async function findPerson(
  { table }: Pick<Context, 'table'>,
  client: Pick<ProviderClient, 'organization_id' | 'client_type'>,
  id: string,
): Promise<Person | undefined> {
  const kind = kindOf[client.client_type];
  const key = personKey(kind, client.organization_id, id);
  return key && readPerson(kind, await table.get(key));
}
