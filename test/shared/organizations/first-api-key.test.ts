import { describe, expect, it } from 'vitest';
import { keys } from '#shared/db/keys.ts';
import { findApiKey } from '#shared/organizations/api-key.ts';
import { keepFirstApiKey } from '#shared/organizations/first-api-key.ts';
import { foundOrganization } from '#shared/organizations/found-organization.ts';
import { testContext } from '#test/support/context.ts';

function aSafe(content?: string) {
  const stored: string[] = [];
  return {
    stored,
    read: async () => stored.at(-1) ?? content,
    store: async (secret: string) => {
      stored.push(secret);
    },
  };
}

/** A live tenant whose organization is still to be made. */
async function emptyTenant() {
  const ctx = testContext().as({ tenantId: 'volt', livemode: true });
  await ctx.table.write([{ op: 'delete', key: keys.organization('volt') }]);
  return ctx;
}

describe('the first organization of a deployment', () => {
  const wanted = { name: 'Volt', livemode: true, currency: 'INR', timezone: 'Asia/Kolkata' };

  it('is closed to unknown chargers and unsecured ones when it is live', async () => {
    const ctx = await emptyTenant();
    expect(await foundOrganization(ctx, wanted)).toMatchObject({
      id: 'volt',
      livemode: true,
      auto_register: false,
      allow_unsecured: false,
      accept_unknown_tokens: false,
    });
  });

  it('is left as it is by every later deploy', async () => {
    const ctx = await emptyTenant();
    await foundOrganization(ctx, wanted);
    expect(await foundOrganization(ctx, { ...wanted, name: 'Other' })).toMatchObject({
      name: 'Volt',
    });
  });
});

describe('the first API key of a deployment', () => {
  it('works, and is in the safe', async () => {
    const ctx = testContext();
    const safe = aSafe();
    await keepFirstApiKey(ctx, safe);
    const key = await findApiKey(ctx.table, safe.stored[0] ?? '', ctx.now());
    expect(key).toMatchObject({ organization_id: ctx.tenantId, scopes: ['*'] });
  });

  it('is never rotated by a later deploy', async () => {
    const ctx = testContext();
    const safe = aSafe();
    await keepFirstApiKey(ctx, safe);
    await keepFirstApiKey(ctx, safe);
    expect(safe.stored).toHaveLength(1);
  });

  it('fills a safe that is there and empty', async () => {
    const safe = aSafe('');
    await keepFirstApiKey(testContext(), safe);
    expect(safe.stored).toHaveLength(1);
  });
});
