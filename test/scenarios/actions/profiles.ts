import { describe, expect, it } from 'vitest';
import { listOf } from '#shared/http/list.ts';
import { ChargingProfile } from '#shared/smart-charging/charging-profile.ts';
import { eventually } from '#test/support/eventually.ts';
import type { Stage } from '#test/support/stage.ts';

const Profiles = listOf('charging_profiles', ChargingProfile).loose();

/** Limits that a charger follows by itself. */
export const describeProfiles = (stage: Stage) => {
  const known = async (query = '') =>
    (await stage.api.get(stage.path(`/charging-profiles${query}`), Profiles)).charging_profiles;

  describe('a charging profile', () => {
    it('is set, holds a session to its limit, shows in the composite schedule, and is cleared', async () => {
      const periods = [{ start_seconds: 0, limit_kw: 4.6 }];
      const profile = { purpose: 'default', connector: 1, kind: 'absolute', periods };
      expect(await stage.command('/charging-profiles', profile)).toMatchObject({
        status: 'completed',
      });
      expect(stage.simulator.state().store.profiles).toHaveLength(1);
      expect(await known()).toMatchObject([
        { status: 'applied', purpose: 'default', connector: 1 },
      ]);
      await stage.event('charging_profile.applied');

      const { id } = await stage.api.startSession({ charger_id: stage.id, connector: 1 });
      await stage.api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0.1);
      expect(stage.simulator.state().connectors[0]?.limitW).toBeCloseTo(4600, -2);
      const asked = { connector: 1, duration_seconds: 600 };
      expect(await stage.command('/composite-schedule', asked)).toMatchObject({
        status: 'completed',
        result: { data: { periods: [{ start_seconds: 0, limit_kw: expect.closeTo(4.6, 0) }] } },
      });
      await stage.api.stopSession(id);
      await stage.api.settled(id);

      const cleared = await stage.command('/charging-profiles?purpose=default', {}, 'DELETE');
      expect(cleared).toMatchObject({ status: 'completed' });
      expect(stage.simulator.state().store.profiles).toEqual([]);
      expect(await known()).toEqual([]);
      await stage.api.whenFree(stage.id);
    });

    it('caps a session under way, and lifts the cap', async () => {
      const { id } = await stage.api.startSession({ charger_id: stage.id, connector: 1 });
      await stage.api.sessionWhen(id, ({ status }) => status === 'charging');
      const limit = { connector: 1, limit: { kw: 6.9 } };
      expect(await stage.command('/power-limit', limit, 'PUT')).toMatchObject({
        status: 'completed',
      });
      await stage.until(({ connectors }) => (connectors[0]?.limitW ?? 1e9) <= 6900);
      await stage.command('/power-limit', { ...limit, limit: null }, 'PUT');
      await stage.until(({ connectors }) => (connectors[0]?.limitW ?? 1e9) > 6900);
      await stage.api.stopSession(id);
      await stage.api.settled(id);
      await eventually(async () => expect(await known()).toEqual([]));
      await stage.api.whenFree(stage.id);
    });
  });
};
