import { describe, expect, test } from 'vitest';
import { job } from '#functions/jobs/tell-expiring-api-keys.ts';
import { keys } from '#shared/db/keys.ts';
import { onBehalfOfAll } from '#shared/events/on-behalf.ts';
import { mintApiKey } from '#shared/organizations/mint-api-key.ts';
import { revokeApiKey } from '#shared/organizations/revoke-api-key.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { clearOutbox, recordedEvents, recordedOutboxes } from '#test/support/outbox.ts';

const DAY = 86_400_000;
const run = (ctx: TestContext) => job.handle({ ...ctx, ...onBehalfOfAll(job.id) });
/** The keys that a day's run tells of. */
async function toldOn(ctx: TestContext): Promise<string[]> {
  clearOutbox(ctx);
  await run(ctx);
  return recordedEvents(ctx).map(({ type, subject }) => `${type} ${subject}`);
}
const aKey = async (ctx: TestContext, days: number) => {
  const expiresAt = new Date(ctx.now().getTime() + days * DAY).toISOString();
  return (await mintApiKey(ctx, { name: 'a', scopes: ['sites:read'], expiresAt })).key.id;
};

describe('a key that ends', () => {
  test('is told 14, 7 and 1 days before, each once, and not after', async () => {
    const ctx = testContext();
    const id = await aKey(ctx, 20);
    const told: number[] = [];
    for (let day = 0; day < 22; day++) {
      const first = await toldOn(ctx);
      if (first.length > 0) told.push(20 - day);
      expect(first).toEqual(first.length > 0 ? [`api_key.expiring ${id}`] : []);
      expect(await toldOn(ctx)).toEqual([]);
      ctx.tick(DAY);
    }
    expect(told).toEqual([14, 7, 1]);
  });

  test('is told to its own organization, in its own mode', async () => {
    const ctx = testContext();
    const volt = ctx.as({ tenantId: 'volt', livemode: true });
    const ids = [await aKey(ctx, 3), await aKey(volt, 3)];
    await toldOn(ctx);
    expect(recordedOutboxes(ctx).map(({ tenantId, livemode }) => [tenantId, livemode])).toEqual([
      ['demo', false],
      ['volt', true],
    ]);
    expect(recordedEvents(ctx)).toMatchObject(ids.map((id) => ({ subject: id, version: 2 })));
  });

  test('is not told where somebody ends it before', async () => {
    const ctx = testContext();
    const id = await aKey(ctx, 3);
    await revokeApiKey(ctx, id, { overlapSeconds: 86_400 });
    expect(await toldOn(ctx)).toEqual([]);
  });

  test('is told though the row of another cannot be read', async () => {
    const ctx = testContext();
    const broken = keys.apiKeyExpiring('2026-06-02T00:00:00.000Z', 'key_0');
    await ctx.table.write([{ op: 'put', item: { ...keys.apiKey('x'), ...broken, id: 7 } }]);
    const id = await aKey(ctx, 3);
    expect(await toldOn(ctx)).toEqual([`api_key.expiring ${id}`]);
    expect(ctx.logs).toMatchObject([{ level: 'error' }]);
  });
});
