import { describe, expect, it } from 'vitest';
import type { Stage } from '#test/support/stage.ts';

/** Settings of 1.6: keys, one a call. */
export const describeConfiguration16 = (stage: Stage) =>
  describe('the configuration', () => {
    it('is read, and shows by what the charger can do', async () => {
      expect(await stage.command('/configuration/refresh')).toMatchObject({
        status: 'completed',
        ocpp: { action: 'GetConfiguration' },
      });
      expect(await stage.setting('MeterValueSampleInterval')).toMatchObject({ value: '60' });
      expect(await stage.setting('NumberOfConnectors')).toMatchObject({ readonly: true });
      expect((await stage.read()).capabilities).toMatchObject({
        local_list: true,
        reservation: true,
        smart_charging: true,
      });
    });

    it('is changed, as far as the charger takes it', async () => {
      const items = [
        { name: 'MeterValueSampleInterval', value: '30' },
        { name: 'DisplayLanguage', value: 'hi' },
        { name: 'NumberOfConnectors', value: '9' },
      ];
      expect(await stage.command('/configuration', { items }, 'PATCH')).toMatchObject({
        status: 'completed',
        result: {
          outcome: 'partly_accepted',
          data: {
            items: [
              { outcome: 'accepted' },
              { outcome: 'reboot_required' },
              { outcome: 'rejected' },
            ],
          },
        },
      });
      expect(await stage.setting('MeterValueSampleInterval')).toMatchObject({ value: '30' });
      expect(await stage.setting('DisplayLanguage')).toMatchObject({ reboot_required: true });
      expect(stage.simulator.state().variables).toMatchObject({ MeterValueSampleInterval: '30' });
      await stage.event('charger.configuration_changed', {
        source: 'platform',
        changes: [{ name: 'MeterValueSampleInterval', value: '30', previous: '60' }],
      });
    });
  });
