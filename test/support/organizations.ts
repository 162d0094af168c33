import { contextOf } from '#shared/aws/runtime.ts';
import { foundOrganization } from '#shared/organizations/found-organization.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { prepareData } from '#test/support/prepared-data.ts';

/** Founds an organization in a data folder that no host has open; the secret of its API key. */
export async function anOrganizationIn(
  dataDir: string,
  tenantId: string,
  livemode: boolean,
): Promise<string> {
  let key = '';
  await prepareData(dataDir, new Date(), async (runtime) => {
    const cause = { ref: null, request_id: null, idempotency_key: null, actor: null };
    const ctx = contextOf(
      { tenantId, livemode, actor: { kind: 'system' }, cause: { ...cause, type: 'system' } },
      runtime,
    );
    const where = { currency: 'INR', timezone: 'Asia/Kolkata' };
    await foundOrganization(ctx, { ...where, name: tenantId, livemode });
    key = (await mintApiKey(ctx, { name: 'First', scopes: ['*'] })).secret;
  });
  return key;
}
