import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Monitor } from '#shared/configuration/monitor.ts';
import type { Stage } from '#test/support/stage.ts';

const Known = z.object({
  monitors: z.array(Monitor),
  monitoring_base: z.string().nullable(),
  monitoring_level: z.int().nullable(),
});
const WATCHED = { component: 'TemperatureSensor', name: 'Temperature' };

/** Watches on variables, and what comes of them. */
export const describeMonitors = (stage: Stage) =>
  describe('monitors', () => {
    const known = () => stage.api.get(stage.path('/configuration?limit=1'), Known);

    it('are set, with their base and level, and go off', async () => {
      const monitor = { ...WATCHED, type: 'upper_threshold', value: 60, severity: 3 };
      const wanted = { base: 'all', level: 5, monitors: [monitor] };
      expect(await stage.command('/monitors', wanted, 'PUT')).toMatchObject({
        status: 'completed',
        result: {
          data: { base: 'accepted', level: 'accepted', monitors: [{ outcome: 'accepted' }] },
        },
      });
      const { monitors, ...rest } = await known();
      expect(rest).toEqual({ monitoring_base: 'all', monitoring_level: 5 });
      const [set] = monitors.filter(({ source }) => source === 'platform');
      expect(set).toMatchObject(monitor);

      const hot = { type: 'set_variable', name: 'TemperatureSensor.Temperature' } as const;
      stage.simulator.happens({ ...hot, value: '71' });
      const went = { monitor_id: set?.id, value: '71', trigger: 'alerting', severity: 3 };
      await stage.event('charger.monitor_triggered', { ...went, cleared: false });
      stage.simulator.happens({ ...hot, value: '31' });
      await stage.event('charger.monitor_triggered', { monitor_id: set?.id, cleared: true });
    });

    it('are told by the charger, its own as well', async () => {
      expect(await stage.command('/configuration/refresh', { monitors: true })).toMatchObject({
        status: 'completed',
      });
      const { monitors } = await known();
      const sources = new Set(monitors.map(({ source }) => source));
      expect([...sources].sort()).toEqual(['charger', 'platform']);
    });

    it('are cleared', async () => {
      expect(await stage.command('/monitors', { monitors: [] }, 'PUT')).toMatchObject({
        status: 'completed',
        result: { data: { cleared: [{ outcome: 'accepted' }] } },
      });
      const { monitors } = await known();
      expect(monitors.filter(({ source }) => source === 'platform')).toEqual([]);
    });
  });
