import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '#simulator/client.ts';
import { sandboxChargers } from '#simulator/sandbox-chargers.ts';
import type { SimulatorOptions } from '#simulator/simulator-options.ts';
import { PaperPlatform } from '#test/simulator/paper-platform.ts';
import { sandboxCharger } from '#test/simulator/sandbox-charger.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function platform(port?: number): Promise<PaperPlatform> {
  const started = await PaperPlatform.start(port);
  open.push(started);
  return started;
}

function simulator(options: SimulatorOptions): Simulator {
  const started = startSimulator({
    seed: 11,
    plugInDelayMs: 0,
    unplugDelayMs: 0,
    rebootMs: 0,
    firstRetryMs: 5,
    ...options,
  });
  open.push(started);
  return started;
}

describe('the simulator over a real socket', () => {
  it('brings the five sandbox chargers online under their own names and versions', async () => {
    const csms = await platform();
    const five = sandboxChargers.map((charger) => simulator({ url: csms.url, charger }));
    await Promise.all(five.map((one) => one.whenOnline()));
    await csms.until(() =>
      five.every(({ identity }) => csms.actions(identity).includes('StatusNotification')),
    );
    expect(csms.handshakes.map(({ path }) => path).sort()).toEqual(
      ['BLR-011', 'BLR-012', 'BLR-013', 'BLR-014', 'BLR-015'].map((id) => `/ocpp/demo/${id}`),
    );
  });

  it('charges on a 1.6 RemoteStart and ends on a RemoteStop', async () => {
    const csms = await platform();
    const one = simulator({ url: csms.url, charger: sandboxCharger('BLR-014'), speed: 600 });
    await one.whenOnline();
    const started = await csms.call('BLR-014', 'RemoteStartTransaction', {
      connectorId: 1,
      idTag: 'T',
    });
    expect(started[2]).toEqual({ status: 'Accepted' });
    await csms.untilHeard('MeterValues');
    const stopped = await csms.call('BLR-014', 'RemoteStopTransaction', { transactionId: 41 });
    expect(stopped[2]).toEqual({ status: 'Accepted' });
    await csms.untilHeard('StopTransaction');
    await one.until((state) => state.connectors[0]?.car === null);
  });

  it('charges on a 2.0.1 RequestStart and ends on a RequestStop', async () => {
    const csms = await platform();
    const one = simulator({ url: csms.url, charger: sandboxCharger('BLR-015'), speed: 600 });
    await one.whenOnline();
    const idToken = { idToken: 'T', type: 'Central' };
    await csms.call('BLR-015', 'RequestStartTransaction', { idToken, remoteStartId: 9, evseId: 2 });
    await csms.untilHeard('TransactionEvent', 3);
    const transactionId = one.state().connectors[1]?.session?.id;
    const stopped = await csms.call('BLR-015', 'RequestStopTransaction', { transactionId });
    expect(stopped[2]).toEqual({ status: 'Accepted' });
    await csms.until(() => csms.heard.some(({ payload }) => payload['eventType'] === 'Ended'));
  });
});
