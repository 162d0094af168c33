import { describe, expect, it } from 'vitest';
import type { Context } from '#shared/core/context.ts';
import { findUpdate } from '#shared/firmware/firmware-update.ts';
import { listFirmwareUpdates } from '#shared/firmware/list-firmware-updates.ts';
import { endTarget } from '#shared/firmware-campaigns/end-target.ts';
import { runCampaign } from '#shared/firmware-campaigns/run-campaign.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { CrashingTable } from '#test/support/crashing-table.ts';
import { settle } from '#test/support/settle.ts';
import { aCampaign, aFleet, chargerAt, playUpdates, tell } from '#test/support/update-fleet.ts';

const MINUTE = 60_000;
/** The turn after the one that finds the targets, where one page holds them. */
const FIRST_LOOK = 1;

/** A campaign whose targets are known, just before it is first looked at. */
async function aReadyCampaign(ctx: TestContext, n: number, asked: object = {}) {
  await aFleet(ctx, n);
  const start_at = new Date(ctx.now().getTime() + MINUTE).toISOString();
  const made = await aCampaign(ctx, { ...asked, start_at });
  await settle(ctx);
  return made;
}
const updatesOf = async (ctx: TestContext, campaign_id: string) =>
  (await listFirmwareUpdates(ctx, { campaign_id }, { limit: 200 })).items;

describe('a look at a campaign', () => {
  it('that comes twice, one after the other or at once, begins no more than one', async () => {
    const ctx = testContext();
    const { id, now } = await aReadyCampaign(ctx, 20, { max_concurrent: 5 });
    await Promise.all([0, 1, 2].map(() => runCampaign(ctx, id, FIRST_LOOK)));
    await runCampaign(ctx, id, FIRST_LOOK);
    expect((await now()).progress).toMatchObject({ updating: 5, waiting: 15 });
  });

  it('begins no more than there is room for while others look too', async () => {
    const ctx = testContext();
    const { id, now } = await aReadyCampaign(ctx, 30, { max_concurrent: 5 });
    await Promise.all([0, 1, 2, 3].map((n) => runCampaign(ctx, id, FIRST_LOOK + n)));
    expect((await now()).progress.updating).toBeLessThanOrEqual(5);
    ctx.tick(2 * MINUTE);
    await playUpdates(ctx, () => 'silent');
    expect((await now()).progress).toMatchObject({ updating: 5, waiting: 25 });
  });

  it('that dies at any of its writes is made good by the next, and nobody is asked twice', async () => {
    for (let at = 0; at < 7; at += 1)
      for (const done of [false, true]) {
        const ctx = testContext();
        const { id, now } = await aReadyCampaign(ctx, 2);
        const table = new CrashingTable(ctx.table, { at, done });
        const dying: Context = { ...ctx, table };
        await runCampaign(dying, id, FIRST_LOOK).catch(() => undefined);
        ctx.tick(MINUTE);
        await runCampaign(ctx, id, FIRST_LOOK);
        const asked = await playUpdates(ctx);
        ctx.tick(MINUTE);
        asked.push(...(await playUpdates(ctx)));
        expect(asked.toSorted(), `${at} ${done}`).toEqual([0, 1].map(chargerAt));
        expect(await now(), `${at} ${done}`).toMatchObject({
          status: 'completed',
          progress: { total: 2, installed: 2, updating: 0, waiting: 0 },
        });
        expect(await updatesOf(ctx, id)).toHaveLength(2);
      }
  });
});

describe('the search for targets', () => {
  it('adds nobody twice, however often its tasks come', async () => {
    const ctx = testContext();
    await aFleet(ctx, 100);
    const { id, now } = await aCampaign(ctx);
    for (const turn of [0, 2, 1, 0, 1, 2])
      await Promise.all([0, 1, 2].map(() => runCampaign(ctx, id, turn)));
    expect(await now()).toMatchObject({ progress: { total: 100 }, waves: [{ total: 100 }] });
  });
});

describe('the end of an update', () => {
  it('is counted once, however often it is told', async () => {
    const ctx = testContext();
    const { id, now } = await aReadyCampaign(ctx, 2);
    ctx.tick(MINUTE);
    await playUpdates(ctx, () => 'silent');
    await tell(ctx, chargerAt(0), 'installed');
    const [first] = await updatesOf(ctx, id);
    const update = first && (await findUpdate(ctx, first.id));
    if (!update) throw new Error('There is no update.');
    await Promise.all([0, 1, 2].map(() => endTarget(ctx, update)));
    await settle(ctx);
    await endTarget(ctx, update);
    expect((await now()).progress).toMatchObject({ total: 2, installed: 1, updating: 1 });
  });
});
