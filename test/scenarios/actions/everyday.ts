import { describe, expect, it } from 'vitest';
import { eventually } from '#test/support/eventually.ts';
import { expectPaid, registerOf } from '#test/support/sandbox-simulator.ts';
import type { Stage } from '#test/support/stage.ts';

const completed = { status: 'completed' };

/** What any charger is asked every day, whatever it speaks, and what it says by itself. */
export const describeEveryday = (stage: Stage) =>
  describe('every day', () => {
    it('a charger that starts is known, free, and said so', async () => {
      const { charger } = stage;
      expect(await stage.read()).toMatchObject({
        status: 'available',
        model: charger.model,
        firmware_version: charger.firmwareVersion,
        connectors: charger.connectors.map(() => ({ status: 'Available' })),
      });
      await stage.event('charger.booted');
    });

    it('a reset restarts it, and it says so', async () => {
      const before = await stage.countOf('charger.booted');
      expect(await stage.command('/commands/reset', { type: 'soft' })).toMatchObject(completed);
      await eventually(async () =>
        expect(await stage.countOf('charger.booted')).toBeGreaterThan(before),
      );
      await stage.api.whenFree(stage.id);
    });

    it('a connector is closed, and opened again', async () => {
      const body = { connector: 2, availability: 'inoperative' };
      expect(await stage.command('/commands/change-availability', body)).toMatchObject(completed);
      await stage.event('connector.status_changed', { id: 2, status: 'Unavailable' });
      await stage.command('/commands/change-availability', { ...body, availability: 'operative' });
      await stage.api.whenFree(stage.id);
    });

    it('a session is started and stopped from afar, metered and billed', async () => {
      const before = registerOf(stage.simulator);
      const { id } = await stage.api.startSession({ charger_id: stage.id, connector: 1 });
      await stage.api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0.5);
      await stage.api.stopSession(id);
      await stage.until(({ connectors }) => !connectors[0]?.session);
      const session = await expectPaid(stage.api, id, registerOf(stage.simulator) - before);
      expect(session).toMatchObject({ auth_method: 'api', stop_reason: 'remote' });
      await stage.api.whenFree(stage.id);
    });

    it('a card is asked about, remembered, forgotten, and asked about again', async () => {
      const asked = async () =>
        (await stage.messages('Authorize')).filter(({ type }) => type === 'call').length;
      const charge = async () => {
        stage.simulator.plugIn(1);
        stage.simulator.tap('04CACHE1', 1);
        await stage.until(({ connectors }) => connectors[0]?.session != null);
        stage.simulator.stop(1);
        await stage.api.whenFree(stage.id);
      };
      await charge();
      expect(await asked()).toBe(1);
      expect(stage.simulator.state().acceptedTags).toContain('04CACHE1');
      expect(await stage.command('/commands/clear-cache')).toMatchObject(completed);
      expect(stage.simulator.state().acceptedTags).toEqual([]);
      await charge();
      expect(await asked()).toBe(2);
    });

    it('a cable is let go', async () => {
      expect(await stage.command('/commands/unlock-connector', { connector: 2 })).toMatchObject({
        ...completed,
        result: { outcome: 'unlocked' },
      });
    });

    it('vendors speak, either way', async () => {
      const body = { vendor_id: 'Magma', message_id: 'Echo', data: { percent: 40 } };
      expect(await stage.command('/commands/data-transfer', body)).toMatchObject({
        ...completed,
        result: { outcome: 'accepted' },
        ocpp: { response: { status: 'Accepted', data: expect.anything() } },
      });
      const message = { vendorId: 'com.example', messageId: 'hello', data: 'world' };
      stage.simulator.happens({ type: 'data_transfer', ...message });
      await stage.event('charger.data_transfer_received', {
        vendor_id: 'com.example',
        message_id: 'hello',
        data: 'world',
      });
    });

    it('what a charger notices of its security is an event', async () => {
      const event = 'TamperDetectionActivated';
      stage.simulator.happens({ type: 'security_event', event, info: 'door open' });
      await stage.event('security.event', {
        type: event,
        severity: 'critical',
        source: 'charger',
        tech_info: 'door open',
      });
    });
  });

/** The messages that a charger is asked for, and what then comes; no question is answered by silence. */
export const describeTriggers = (
  stage: Stage,
  triggers: readonly (readonly [message: string, action: string])[],
) =>
  describe('a message that is asked for now', () => {
    it.each(triggers)('comes: %s', async (message, action) => {
      const count = async () =>
        (await stage.messages(action)).filter(({ type }) => type === 'result').length;
      const before = await count();
      expect(await stage.command('/commands/trigger-message', { message })).toMatchObject({
        ...completed,
        ocpp: { response: { status: 'Accepted' } },
      });
      await eventually(async () => expect(await count()).toBeGreaterThan(before));
    });
  });
