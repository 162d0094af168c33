import { describe, expect, test } from 'vitest';
import { job } from '#functions/jobs/watch-contracts.ts';
import { NewContract } from '#shared/plug-and-charge/new-contract.ts';
import { provisionContract } from '#shared/plug-and-charge/provision-contract.ts';
import { revokeContract } from '#shared/plug-and-charge/revoke-contract.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { clearOutbox, recordedEvents } from '#test/support/outbox.ts';
import { aPki, EMAID } from '#test/support/pnc-pki.ts';
import { trust } from '#test/support/pnc-world.ts';

const DAY = 86_400_000;

/** At six in the morning of 1 August; now is noon of 1 June. */
async function aContractThatEnds(): Promise<TestContext> {
  const ctx = testContext({ at: '2026-06-01T12:00:00.000Z' });
  const pki = await aPki({ leaf: { notAfter: '2026-08-01T06:00:00Z' } });
  await trust(ctx, pki);
  await provisionContract(ctx, NewContract.parse({ emaid: EMAID, certificate: pki.chain }));
  return ctx;
}

describe('a contract that ends', () => {
  const nightly = async (ctx: TestContext, days: number) => {
    ctx.tick(days * DAY);
    clearOutbox(ctx);
    // It runs for the whole deployment, and may run twice.
    const all = { ...ctx, tenantId: '', actor: { kind: 'system' } } as const;
    await job.handle(all);
    await job.handle(all);
    return recordedEvents(ctx).filter(({ type }) => type === 'pnc.contract_expiring');
  };

  test('is told of 30, 7 and 1 days before, once each, to its own organization', async () => {
    const ctx = await aContractThatEnds();
    const told: number[] = [];
    for (let day = 1; day <= 65; day++) if ((await nightly(ctx, 1)).length > 0) told.push(day);
    // From 1 June noon, to the nights after 2 July, 25 July and 31 July, 06:00.
    expect(told).toEqual([31, 54, 60]);
  });

  test('is told of once where a deployment stood still for weeks', async () => {
    const ctx = await aContractThatEnds();
    expect(await nightly(ctx, 56)).toMatchObject([
      { subject: EMAID, object: { status: 'expiring' } },
    ]);
    expect(await nightly(ctx, 1)).toEqual([]);
    expect(await nightly(ctx, 10)).toEqual([]);
  });

  test('is not told of once it is revoked', async () => {
    const ctx = await aContractThatEnds();
    await revokeContract(ctx, EMAID, null);
    expect(await nightly(ctx, 40)).toEqual([]);
  });
});
