import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listOf } from '#shared/http/list.ts';
import { ChargingProfile } from '#shared/smart-charging/charging-profile.ts';
import { OutsideLimit } from '#shared/smart-charging/outside-limit.ts';
import { eventually } from '#test/support/eventually.ts';
import type { Stage } from '#test/support/stage.ts';

const Profiles = listOf('charging_profiles', ChargingProfile).extend({
  outside_limits: z.array(OutsideLimit),
  refresh: z.object({ status: z.string() }).nullable(),
});

/** What others than the platform have to say about power: the grid, the building, the vehicle. */
export const describeOutsideLimits = (stage: Stage) => {
  const profiles = (query = '') =>
    stage.api.get(stage.path(`/charging-profiles${query}`), Profiles);

  describe('power', () => {
    it('is limited from outside, and no longer', async () => {
      const limit = { type: 'external_limit', source: 'EMS' } as const;
      stage.simulator.happens({ ...limit, watts: 9000 });
      await eventually(async () =>
        expect((await profiles()).outside_limits).toMatchObject([
          { source: 'ems', connector: null, periods: [{ start_seconds: 0, limit_kw: 9 }] },
        ]),
      );
      stage.simulator.happens({ ...limit, watts: null });
      await eventually(async () => expect((await profiles()).outside_limits).toEqual([]));
    });

    it('is planned for a vehicle that tells its needs, and the charger tells the plan', async () => {
      const car = { batteryKwh: 60, socPercent: 40, iso15118: true, departureSeconds: 14_400 };
      stage.simulator.plugIn(1, { ...car, acPhases: 3, acKwPerPhase: 7.4 });
      const { id } = await stage.api.startSession({ charger_id: stage.id, connector: 1 });
      await stage.until(({ store }) => store.profiles.length > 0);
      await eventually(async () => {
        const [answer] = (await stage.messages('NotifyEVChargingSchedule')).filter(
          ({ type }) => type === 'result',
        );
        expect(answer?.payload).toMatchObject({ status: 'Accepted' });
      });
      expect(await profiles('?refresh=true')).toMatchObject({
        refresh: { status: 'completed' },
        charging_profiles: [{ purpose: 'session', connector: 1 }],
      });
      await stage.api.stopSession(id);
      await stage.api.settled(id);
      await stage.api.whenFree(stage.id);
    });
  });
};
