import { describe, expect, test } from 'vitest';
import { nextClockChange } from '#shared/core/zone.ts';
import { createSite } from '#shared/sites/manage-sites.ts';
import { NewSite } from '#shared/sites/site.ts';
import { lastBeginning } from '#shared/smart-charging/recurrence.ts';
import { testContext } from '#test/support/context.ts';
import { anOnlineCharger, reconnect } from '#test/support/fake-charger.ts';
import { pendingTasks, settle } from '#test/support/settle.ts';
import { profilesOn, setOn } from '#test/support/smart-charging.ts';

const iso = (ms: number | undefined) => ms && new Date(ms).toISOString();

describe('clocks', () => {
  // The European Union: last Sundays of March and October, 01:00 UTC. India: never.
  test.each([
    ['Europe/Berlin', '2026-06-01T00:00:00Z', '2026-10-25T01:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', '2027-03-28T01:00:00.000Z'],
    ['America/New_York', '2026-06-01T00:00:00Z', '2026-11-01T06:00:00.000Z'],
    ['Asia/Kolkata', '2026-06-01T00:00:00Z', undefined],
    ['UTC', '2026-06-01T00:00:00Z', undefined],
  ])('of %s are changed after %s at %s', (zone, from, change) => {
    expect(iso(nextClockChange(Date.parse(from), zone))).toBe(change);
  });
});

describe('a schedule that recurs by the time of day', () => {
  test.each([
    ['Asia/Kolkata', '22:00', null, '2026-06-01T04:30:00Z', '2026-05-31T16:30:00.000Z'],
    ['Asia/Kolkata', '10:00', null, '2026-06-01T04:30:00Z', '2026-06-01T04:30:00.000Z'],
    ['Europe/Berlin', '22:00', null, '2026-10-24T21:00:00Z', '2026-10-24T20:00:00.000Z'],
    ['Europe/Berlin', '22:00', null, '2026-10-25T21:00:00Z', '2026-10-25T21:00:00.000Z'],
    // 02:30 does not exist in the night of the 28th of March, and comes twice in that of October:
    // either way it is 02:30 of the clocks as they then stand.
    ['Europe/Berlin', '02:30', null, '2027-03-28T12:00:00Z', '2027-03-28T00:30:00.000Z'],
    ['Europe/Berlin', '02:30', null, '2026-10-25T12:00:00Z', '2026-10-25T01:30:00.000Z'],
    // At 02:00 of the new clock 22:00 is four hours ago, though it was five.
    ['Europe/Berlin', '22:00', null, '2026-10-25T01:00:00Z', '2026-10-24T21:00:00.000Z'],
    ['Europe/Berlin', '22:00', 'sunday', '2026-06-01T04:30:00Z', '2026-05-31T20:00:00.000Z'],
    ['Europe/Berlin', '22:00', 'monday', '2026-06-01T04:30:00Z', '2026-05-25T20:00:00.000Z'],
  ])('in %s at %s (%s) last began before %s at %s', (timezone, local_time, weekday, now, began) => {
    expect(lastBeginning({ local_time, weekday, timezone }, Date.parse(now))).toBe(began);
  });

  async function aNightlyLimit(timezone: string) {
    const ctx = testContext({ at: '2026-10-24T12:00:00Z' });
    await createSite(ctx, NewSite.parse({ id: 'SITE', name: 'A site', timezone }));
    const charger = await anOnlineCharger(ctx, 'BLR-014', { site_id: 'SITE' });
    await setOn(ctx, { kind: 'recurring', recurrence: 'daily', local_time: '22:00' });
    await charger.answer({ status: 'Accepted' });
    return { ctx, charger };
  }
  const beginning = (payload: unknown) =>
    Object(payload).csChargingProfiles.chargingSchedule.startSchedule;

  test('is told anew in the night in which clocks are changed', async () => {
    const { ctx, charger } = await aNightlyLimit('Europe/Berlin');
    await settle(ctx);
    expect(beginning(charger.calls().at(-1)?.payload)).toBe('2026-10-23T20:00:00.000Z');
    ctx.tick(13 * 3_600_000 - 1000);
    await settle(ctx);
    const back = await reconnect(ctx, 'BLR-014');
    await settle(ctx);
    expect(back.calls()).toEqual([]);
    ctx.tick(1000);
    await settle(ctx);
    // Until then it began at 20:00 UTC; from now on at 21:00.
    expect(back.calls()).toMatchObject([{ action: 'SetChargingProfile' }]);
    expect(beginning(back.calls()[0]?.payload)).toBe('2026-10-24T21:00:00.000Z');
    await back.answer({ status: 'Accepted' });
    expect(await profilesOn(ctx)).toHaveLength(1);
  });

  test('is not told anew where clocks stay, or once it has been replaced', async () => {
    const india = await aNightlyLimit('Asia/Kolkata');
    await settle(india.ctx);
    expect(pendingTasks(india.ctx).map(({ task }) => task)).not.toContain('reanchor-profile');
    const { ctx, charger } = await aNightlyLimit('Europe/Berlin');
    await setOn(ctx);
    await charger.answer({ status: 'Accepted' });
    await settle(ctx);
    ctx.tick(13 * 3_600_000);
    await settle(ctx);
    const back = await reconnect(ctx, 'BLR-014');
    ctx.tick(10_000);
    await settle(ctx);
    expect(back.calls()).toEqual([]);
  });
});
