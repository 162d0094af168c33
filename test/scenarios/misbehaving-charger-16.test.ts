import { describe, expect, it } from 'vitest';
import { describeMisbehaviour } from '#test/scenarios/misbehaviour.ts';
import { aSandboxHost } from '#test/support/sandbox-host.ts';
import {
  allSessions,
  aSimulator,
  expectPaid,
  registerOf,
} from '#test/support/sandbox-simulator.ts';

describeMisbehaviour('BLR-014');

describe('a charger that reboots mid-charge and forgets', () => {
  it('keeps its session open and marked, and the next charge is one of its own', async () => {
    const { ready, api } = await aSandboxHost();
    const misbehave = { rebootMidChargeAfterMs: 2500 };
    const simulator = await aSimulator(ready.ocpp, 'BLR-014', misbehave);
    await api.whenFree('BLR-014');
    const { id } = await api.startSession({ charger_id: 'BLR-014' });
    const charged = await api.sessionWhen(id, ({ energy_kwh }) => energy_kwh > 0.3);
    const marked = await api.sessionWhen(id, ({ flags }) => flags.includes('stop_missing'));
    expect(marked.energy_kwh).toBeGreaterThanOrEqual(charged.energy_kwh);
    simulator.misbehave({});
    const before = registerOf(simulator);
    simulator.tap('CARD-1');
    simulator.plugIn();
    await simulator.until(({ connectors }) => (connectors[0]?.registerWh ?? 0) > before + 300);
    simulator.stop();
    await simulator.until(({ connectors, queue }) => !connectors[0]?.session && queue.length === 0);
    const [second, first, ...others] = await allSessions(api);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ id, flags: expect.arrayContaining(['stop_missing']) });
    const next = await expectPaid(api, second?.id ?? '', registerOf(simulator) - before);
    expect(next.auth_method).toBe('rfid');
  });
});
