import { describe, expect, it } from 'vitest';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import {
  allSessions,
  aSimulator,
  expectPaid,
  registerOf,
} from '#test/support/sandbox-simulator.ts';

/** What any charger of the sandbox may do wrong, whatever it speaks. */
export const describeMisbehaviour = (identity: string) =>
  describe(`a charger like ${identity}`, () => {
    it('that repeats every frame and its start, and reorders its messages, is charged once', async () => {
      const { ready, api } = await aSandboxHost();
      const misbehave = { duplicateFrames: true, repeatStart: 2, reorder: true };
      const simulator = await aSimulator(ready.ocpp, identity, misbehave);
      await api.whenFree(identity);
      const before = registerOf(simulator);
      const { id } = await api.startSession({ charger_id: identity, connector: 1 });
      await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0.5);
      await api.stopSession(id);
      await simulator.until(({ connectors }) => connectors[0]?.session === null);
      await expectPaid(api, id, registerOf(simulator) - before);
      expect(await allSessions(api)).toHaveLength(1);
    });

    it('that loses power mid-charge ends its session with what was charged until then', async () => {
      const { ready, api } = await aSandboxHost();
      const simulator = await aSimulator(ready.ocpp, identity, {});
      await api.whenFree(identity);
      const before = registerOf(simulator);
      const { id } = await api.startSession({ charger_id: identity, connector: 1 });
      await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0.5);
      simulator.powerCycle();
      const session = await expectPaid(api, id, registerOf(simulator) - before);
      expect(session).toMatchObject({ stop_reason: 'power_loss', flags: [] });
      expect(await allSessions(api)).toHaveLength(1);
    });

    it('whose connection is cut mid-charge tells the rest when it is back', async () => {
      const { ready, api } = await aSandboxHost();
      const simulator = await aSimulator(ready.ocpp, identity, { dropMidChargeAfterMs: 1500 });
      await api.whenFree(identity);
      const before = registerOf(simulator);
      const { id } = await api.startSession({ charger_id: identity, connector: 1 });
      await simulator.until(({ online }) => !online);
      await simulator.whenOnline();
      const { energy_kwh } = await api.session(id);
      await api.sessionWhen(id, (session) => session.energy_kwh > energy_kwh);
      await api.stopSession(id);
      await simulator.until(({ connectors }) => connectors[0]?.session === null);
      await expectPaid(api, id, registerOf(simulator) - before);
    });

    it('whose clock is a day ahead is charged for the time and energy of ours', async () => {
      const { ready, api } = await aSandboxHost();
      const simulator = await aSimulator(ready.ocpp, identity, { clockOffsetMs: 86_400_000 });
      await api.whenFree(identity);
      const before = registerOf(simulator);
      const asked = Date.now();
      const { id } = await api.startSession({ charger_id: identity, connector: 1 });
      await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0.5);
      await api.stopSession(id);
      await simulator.until(({ connectors }) => connectors[0]?.session === null);
      const session = await expectPaid(api, id, registerOf(simulator) - before);
      expect(session.flags).toContain('clock_ahead');
      for (const at of [session.charging_started_at, session.ended_at]) {
        expect(Date.parse(at ?? '')).toBeGreaterThan(asked - 1000);
        expect(Date.parse(at ?? '')).toBeLessThan(Date.now() + 1000);
      }
    });
  });
