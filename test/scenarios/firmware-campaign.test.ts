import { expect, it } from 'vitest';
import { testContext } from '#test/support/context.ts';
import { recordedEvents } from '#test/support/outbox.ts';
import { aCampaign, aFleet, chargerAt, playUpdates, tell } from '#test/support/update-fleet.ts';

const MINUTE = 60_000;
const none = { waiting: 0, updating: 0, installed: 0, failed: 0, skipped: 0, canceled: 0 };

it('a campaign goes to 200 chargers in waves, never more at once than it may, and its counts always add up', async () => {
  const ctx = testContext();
  await aFleet(ctx, 200);
  const waves = [{ count: 5 }, { percent: 25 }, { percent: 10 }];
  const { now } = await aCampaign(ctx, { waves, max_concurrent: 20 });
  // 25 % of 200 is 50; the last wave has what is left.
  const order: string[] = [];
  let most = 0;
  for (let minutes = 0; (await now()).status !== 'completed'; minutes += 1) {
    const begun = await playUpdates(ctx, () => 'silent');
    order.push(...begun);
    const { progress } = await now();
    most = Math.max(most, progress.updating);
    const { total, ...states } = progress;
    expect(Object.values(states).reduce((sum, n) => sum + n, 0)).toBe(total);
    for (const id of begun) await tell(ctx, id, 'installed');
    ctx.tick(MINUTE);
    expect(minutes).toBeLessThan(40);
  }
  expect(most).toBe(20);
  expect(order).toEqual(Array.from({ length: 200 }, (_, n) => chargerAt(n)));
  expect(await now()).toMatchObject({
    progress: { ...none, total: 200, installed: 200 },
    waves: [5, 50, 145].map((total) => ({ ...none, total, installed: total })),
  });
  const types = recordedEvents(ctx).map(({ type }) => type);
  expect(types.filter((type) => type.startsWith('firmware_campaign.'))).toEqual([
    'firmware_campaign.started',
    'firmware_campaign.completed',
  ]);
});
