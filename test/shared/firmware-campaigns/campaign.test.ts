import { describe, expect, it } from 'vitest';
import { CampaignPatch, updateCampaign } from '#shared/firmware-campaigns/update-campaign.ts';
import { type TestContext, testContext } from '#test/support/context.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { settle } from '#test/support/settle.ts';
import {
  aCampaign,
  aFleet,
  chargerAt,
  playUpdates,
  report,
  setConnector,
  setReach,
  tell,
} from '#test/support/update-fleet.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const campaignEvents = (ctx: TestContext) =>
  recordedEvents(ctx)
    .map(({ type }) => type)
    .filter((type) => type.startsWith('firmware_campaign.'));

describe('a campaign', () => {
  it('begins no wave before every charger of the one before has ended', async () => {
    const ctx = testContext();
    await aFleet(ctx, 12);
    const { now } = await aCampaign(ctx, { waves: [{ count: 2 }, { percent: 100 }] });
    const slow = chargerAt(1);
    await playUpdates(ctx, (id) => (id === slow ? 'silent' : 'installed'));
    ctx.tick(10 * MINUTE);
    expect(await playUpdates(ctx)).toEqual([]);
    expect(await now()).toMatchObject({ current_wave: 1, progress: { installed: 1, updating: 1 } });
    await tell(ctx, slow, 'failed');
    expect(await playUpdates(ctx)).toHaveLength(10);
    expect(await now()).toMatchObject({
      status: 'completed',
      progress: { installed: 11, failed: 1 },
    });
  });

  it('pauses by itself when too many fail, and goes on when told to', async () => {
    const ctx = testContext();
    await aFleet(ctx, 60);
    const auto_pause = { failure_percent: 20, min_samples: 10 };
    const { id, now } = await aCampaign(ctx, {
      waves: [{ count: 10 }, { percent: 100 }],
      max_concurrent: 10,
      auto_pause,
    });
    // The last two of the first ten fail: 2 of 10 are 20 %.
    const begun = await playUpdates(ctx, (one) => (one >= chargerAt(8) ? 'failed' : 'installed'));
    expect(begun).toHaveLength(10);
    expect(await now()).toMatchObject({
      status: 'paused',
      pause_reason: 'failure_rate',
      progress: { installed: 8, failed: 2, waiting: 50 },
    });
    expect(campaignEvents(ctx).at(-1)).toBe('firmware_campaign.paused');
    ctx.tick(24 * HOUR);
    expect(await playUpdates(ctx)).toEqual([]);
    await updateCampaign(ctx, id, CampaignPatch.parse({ status: 'running' }));
    const rest = await playUpdates(ctx, (one) => (one === chargerAt(10) ? 'failed' : 'installed'));
    expect(rest).toHaveLength(50);
    expect(await now()).toMatchObject({
      status: 'completed',
      progress: { installed: 57, failed: 3 },
    });
  });

  it('is canceled midway: what is under way is counted, the rest is canceled', async () => {
    const ctx = testContext();
    await aFleet(ctx, 80);
    const { id, now } = await aCampaign(ctx, { max_concurrent: 30 });
    const begun = await playUpdates(ctx, () => 'silent');
    expect(begun).toHaveLength(30);
    await updateCampaign(ctx, id, CampaignPatch.parse({ status: 'canceled' }));
    expect(await now()).toMatchObject({
      status: 'canceled',
      progress: { total: 80, updating: 30, waiting: 0, canceled: 50 },
    });
    for (const one of begun) await tell(ctx, one, 'installed');
    ctx.tick(HOUR);
    expect(await playUpdates(ctx)).toEqual([]);
    expect(await now()).toMatchObject({ progress: { installed: 30, canceled: 50, updating: 0 } });
    const resume = updateCampaign(ctx, id, CampaignPatch.parse({ status: 'running' }));
    await expect(resume).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('whom a campaign is for', () => {
  it('are those that match when it is made, and skips those it is not for', async () => {
    const ctx = testContext();
    await aFleet(ctx, 8, (n) => ({
      labels: n < 6 ? ['pilot'] : [],
      ...(n === 1 ? { firmware_version: '4.3.0' } : {}),
      ...(n === 2 ? { abilities: { firmware: false } } : {}),
      ...(n === 3 ? { decommissioned: true } : {}),
    }));
    const { id, now } = await aCampaign(ctx, { targets: { label: 'pilot' } });
    expect(await playUpdates(ctx)).toEqual([0, 4, 5].map(chargerAt));
    expect(await now()).toMatchObject({
      status: 'completed',
      progress: { total: 5, installed: 3, skipped: 2 },
    });
    expect(id).toMatch(/^fwc_/);
  });

  it('are the named ones, in their order', async () => {
    const ctx = testContext();
    await aFleet(ctx, 100);
    const charger_ids = Array.from({ length: 60 }, (_, n) => chargerAt(99 - n));
    const { now } = await aCampaign(ctx, { targets: { charger_ids } });
    expect(await playUpdates(ctx)).toEqual(charger_ids);
    expect((await now()).progress).toMatchObject({ total: 60, installed: 60 });
  });

  it('are none: it is over at once', async () => {
    const ctx = testContext();
    const { now } = await aCampaign(ctx, { targets: { model: 'no such model' } });
    await settle(ctx);
    expect(await now()).toMatchObject({ status: 'completed', progress: { total: 0 } });
  });
});

describe('a charger that is not ready', () => {
  it('is waited for: until it is idle, back, and done with another update', async () => {
    const ctx = testContext();
    await aFleet(ctx, 3);
    await setReach(ctx, 0, 'offline');
    await setConnector(ctx, 1, 'Charging');
    const { now } = await aCampaign(ctx);
    expect(await playUpdates(ctx)).toEqual([chargerAt(2)]);
    await setReach(ctx, 0, 'online');
    ctx.tick(MINUTE);
    expect(await playUpdates(ctx)).toEqual([chargerAt(0)]);
    await setConnector(ctx, 1, 'Available');
    ctx.tick(MINUTE);
    expect(await playUpdates(ctx)).toEqual([chargerAt(1)]);
    expect((await now()).status).toBe('completed');
  });

  it('is not waited for by who does not care whether it is idle', async () => {
    const ctx = testContext();
    await aFleet(ctx, 1);
    await setConnector(ctx, 0, 'Charging');
    await aCampaign(ctx, { only_when_idle: false });
    expect(await playUpdates(ctx)).toEqual([chargerAt(0)]);
  });

  it('holds its wave up no longer than patience lasts', async () => {
    const ctx = testContext();
    await aFleet(ctx, 4);
    await setReach(ctx, 0, 'offline');
    const waves = [{ count: 1 }, { percent: 100 }];
    const { now } = await aCampaign(ctx, { waves, patience_hours: 2 });
    expect(await playUpdates(ctx)).toEqual([]);
    ctx.tick(119 * MINUTE);
    expect(await playUpdates(ctx)).toEqual([]);
    ctx.tick(MINUTE);
    await playUpdates(ctx);
    ctx.tick(MINUTE);
    expect(await playUpdates(ctx)).toHaveLength(3);
    expect(await now()).toMatchObject({
      status: 'completed',
      progress: { skipped: 1, installed: 3 },
    });
  });

  it('that leaves before its command goes out is asked again when it is back', async () => {
    const ctx = testContext();
    await aFleet(ctx, 1);
    ctx.sockets.ocpp.gone.add(`socket-of-${chargerAt(0)}`);
    const { now } = await aCampaign(ctx);
    await playUpdates(ctx);
    expect((await now()).progress).toMatchObject({ updating: 1 });
    ctx.tick(5 * MINUTE);
    await playUpdates(ctx);
    expect((await now()).progress).toMatchObject({ updating: 0, waiting: 1 });
    ctx.sockets.ocpp.gone.clear();
    await setReach(ctx, 0, 'online');
    ctx.tick(MINUTE);
    expect(await playUpdates(ctx)).toEqual([chargerAt(0)]);
    expect((await now()).progress).toMatchObject({ installed: 1 });
  });
});

describe('a failure that turns out well', () => {
  it('is counted over, and the counts still add up', async () => {
    const ctx = testContext();
    await aFleet(ctx, 2);
    const { now } = await aCampaign(ctx, { auto_pause: null });
    await playUpdates(ctx, () => 'silent');
    await report(ctx, chargerAt(0), 'Downloading');
    await settle(ctx);
    ctx.tick(6 * HOUR);
    await settle(ctx);
    expect(await now()).toMatchObject({ status: 'completed', progress: { failed: 2 } });
    await report(ctx, chargerAt(0), 'Installed');
    await settle(ctx);
    expect(await now()).toMatchObject({
      status: 'completed',
      progress: { total: 2, failed: 1, installed: 1 },
    });
  });
});
