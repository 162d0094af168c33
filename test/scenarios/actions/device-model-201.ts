import { describe, expect, it } from 'vitest';
import type { Stage } from '#test/support/stage.ts';

const SAMPLING = { component: 'SampledDataCtrlr', name: 'TxUpdatedInterval' };

/** Components and variables of 2.0.1, told in reports of several parts. */
export const describeDeviceModel = (stage: Stage) =>
  describe('the device model', () => {
    it('is told as a whole, in parts, and shows what the charger can do', async () => {
      const whole = await stage.command('/configuration/refresh', { what: 'full' });
      expect(whole).toMatchObject({ status: 'completed', ocpp: { action: 'GetBaseReport' } });
      expect((await stage.messages('NotifyReport')).length).toBeGreaterThan(4);
      expect(await stage.setting('Temperature', 'TemperatureSensor')).toMatchObject({
        ...{ unit: 'Celsius', data_type: 'decimal', readonly: true },
        ...{ value: '31', max_set: '85', supports_monitoring: true },
      });
      expect((await stage.read()).capabilities).toMatchObject({
        ...{ cost_updates: true, monitors: true, display: true, plug_and_charge: true },
      });
    });

    it('is told in part: by criteria, and by name', async () => {
      const some = await stage.command('/configuration/refresh', { criteria: ['problem'] });
      expect(some).toMatchObject({ ocpp: { action: 'GetReport' } });
      const items = [SAMPLING];
      expect(await stage.command('/configuration/refresh', { what: 'items', items })).toMatchObject(
        {
          ...{ status: 'completed', ocpp: { action: 'GetVariables' } },
        },
      );
      expect(await stage.setting(SAMPLING.name, SAMPLING.component)).toMatchObject({ value: '60' });
    });

    it('is changed, as far as the charger takes it', async () => {
      const items = [
        { ...SAMPLING, value: '30' },
        { component: 'SampledDataCtrlr', name: 'NoSuchVariable', value: '1' },
        { component: 'TemperatureSensor', name: 'Temperature', value: '20' },
      ];
      expect(await stage.command('/configuration', { items }, 'PATCH')).toMatchObject({
        status: 'completed',
        result: {
          outcome: 'partly_accepted',
          data: {
            items: [{ outcome: 'accepted' }, { outcome: 'unknown' }, { outcome: 'rejected' }],
          },
        },
      });
      expect(await stage.setting(SAMPLING.name, SAMPLING.component)).toMatchObject({ value: '30' });
      await stage.event('charger.configuration_changed', { changes: [{ value: '30' }] });
    });

    it('has a place for the address of another platform', async () => {
      const profile = { slot: 2, url: 'wss://csms.example/ocpp', security_profile: 2 };
      expect(await stage.command('/commands/network-profile', profile)).toMatchObject({
        status: 'completed',
      });
      expect(stage.simulator.state().store.networkProfiles).toMatchObject([
        { slot: 2, raw: { ocppCsmsUrl: 'wss://csms.example/ocpp' } },
      ]);
    });
  });
