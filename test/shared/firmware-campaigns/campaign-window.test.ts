import { describe, expect, it } from 'vitest';
import { CampaignPatch, updateCampaign } from '#shared/firmware-campaigns/update-campaign.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { pendingTasks } from '#test/support/settle.ts';
import { aCampaign, aFleet, chargerAt, playUpdates } from '#test/support/update-fleet.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function twoSites(ctx: TestContext) {
  for (const [id, timezone] of [
    ['BLR', 'Asia/Kolkata'],
    ['BER', 'Europe/Berlin'],
  ] as const)
    await createSite(ctx, NewSite.parse({ id, name: id, timezone }));
}
const nextLook = (ctx: TestContext) =>
  pendingTasks(ctx).find(({ task, at }) => task === 'run-campaign' && at > ctx.now().toISOString())
    ?.at;

describe('a campaign with a window', () => {
  // 10:00 in Bengaluru is 06:30 in Berlin.
  it('begins at each site by its own clock, and looks again only when the first opens', async () => {
    const ctx = testContext({ at: '2026-06-01T04:30:00.000Z' });
    await twoSites(ctx);
    await aFleet(ctx, 4, (n) => ({ site_id: n % 2 === 0 ? 'BLR' : 'BER' }));
    await aCampaign(ctx, { window: { from: '23:00', to: '05:00' } });
    expect(await playUpdates(ctx)).toEqual([]);
    // 23:00 in Bengaluru.
    expect(nextLook(ctx)).toBe('2026-06-01T17:30:00.000Z');
    ctx.tick(13 * HOUR);
    expect(await playUpdates(ctx)).toEqual([0, 2].map(chargerAt));
    // 23:00 in Berlin is 21:00 UTC.
    ctx.tick(3 * HOUR + 29 * MINUTE);
    expect(await playUpdates(ctx)).toEqual([]);
    ctx.tick(MINUTE);
    expect(await playUpdates(ctx)).toEqual([1, 3].map(chargerAt));
  });

  it('begins nothing more when it closes at midnight, and goes on the next evening', async () => {
    // 23:58 in Bengaluru.
    const ctx = testContext({ at: '2026-06-01T18:28:00.000Z' });
    await aFleet(ctx, 6);
    const { now } = await aCampaign(ctx, {
      window: { from: '22:00', to: '24:00' },
      max_concurrent: 2,
    });
    expect(await playUpdates(ctx, () => 'silent')).toHaveLength(2);
    ctx.tick(2 * MINUTE);
    // What was begun may end after the window has closed; its room is left empty.
    const { progress } = await now();
    expect(progress).toMatchObject({ updating: 2, waiting: 4 });
    ctx.tick(3 * HOUR);
    expect(await playUpdates(ctx)).toEqual([]);
    // 22:00, nineteen hours later: the two have timed out meanwhile.
    ctx.tick(18 * HOUR + 59 * MINUTE);
    expect(await playUpdates(ctx)).toEqual([]);
    ctx.tick(MINUTE);
    expect(await playUpdates(ctx)).toHaveLength(4);
    expect((await now()).progress).toMatchObject({ installed: 4, failed: 2 });
  });

  // Clocks in Berlin go from 02:00 to 03:00 on 29 March 2026.
  it('misses the hour that a night lacks, and has the night after', async () => {
    const ctx = testContext({ at: '2026-03-28T20:00:00.000Z' });
    await twoSites(ctx);
    await aFleet(ctx, 1, () => ({ site_id: 'BER' }));
    await aCampaign(ctx, { window: { from: '02:15', to: '02:45' }, patience_hours: 1 });
    await playUpdates(ctx);
    expect(nextLook(ctx)).toBe('2026-03-30T00:15:00.000Z');
    ctx.tick(28 * HOUR + 15 * MINUTE);
    expect(await playUpdates(ctx)).toEqual([chargerAt(0)]);
  });

  it('counts its patience from when it first opened', async () => {
    const ctx = testContext({ at: '2026-06-02T04:30:00.000Z' });
    await aFleet(ctx, 1);
    const window = { from: '23:00', to: '05:00', weekdays: ['mon'] };
    const { now } = await aCampaign(ctx, { window, patience_hours: 24 });
    await playUpdates(ctx);
    // Monday the 8th, 23:00.
    expect(nextLook(ctx)).toBe('2026-06-08T17:30:00.000Z');
    ctx.tick(Date.parse('2026-06-08T17:30:00.000Z') - ctx.now().getTime());
    expect(await playUpdates(ctx)).toEqual([chargerAt(0)]);
    expect((await now()).status).toBe('completed');
  });

  it('may be given another, which holds at once', async () => {
    const ctx = testContext({ at: '2026-06-01T04:30:00.000Z' });
    await aFleet(ctx, 2);
    const { id } = await aCampaign(ctx, { window: { from: '23:00', to: '05:00' } });
    expect(await playUpdates(ctx)).toEqual([]);
    const window = { from: '09:00', to: '17:00' };
    await updateCampaign(ctx, id, CampaignPatch.parse({ window }));
    expect(await playUpdates(ctx)).toHaveLength(2);
  });
});

describe('a campaign with a time to start', () => {
  it('begins then, not before, also when it was paused and resumed meanwhile', async () => {
    const ctx = testContext({ at: '2026-06-01T04:30:00.000Z' });
    await aFleet(ctx, 2);
    const { id, now } = await aCampaign(ctx, { start_at: '2026-06-02T04:30:00Z' });
    expect(await playUpdates(ctx)).toEqual([]);
    for (const status of ['paused', 'running'])
      await updateCampaign(ctx, id, CampaignPatch.parse({ status }));
    ctx.tick(24 * HOUR - 1);
    expect(await playUpdates(ctx)).toEqual([]);
    expect(await now()).toMatchObject({ status: 'scheduled', started_at: null });
    ctx.tick(1);
    expect(await playUpdates(ctx)).toHaveLength(2);
  });
});
