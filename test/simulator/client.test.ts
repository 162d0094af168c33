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

  it('comes back after a cut, without booting again, and goes on charging', async () => {
    const csms = await platform();
    const one = simulator({ url: csms.url, charger: sandboxCharger('BLR-014'), speed: 60 });
    await one.whenOnline();
    one.plugIn();
    one.tap('CARD');
    await csms.untilHeard('StartTransaction');
    csms.cut('BLR-014');
    await one.until(({ online }) => !online);
    await one.whenOnline();
    one.stop();
    await csms.untilHeard('StopTransaction');
    const boots = csms.actions('BLR-014').filter((action) => action === 'BootNotification');
    expect(boots).toHaveLength(1);
  });

  it('hangs up, comes back and boots on a reset', async () => {
    const csms = await platform();
    const one = simulator({ url: csms.url, charger: sandboxCharger('BLR-011') });
    await one.whenOnline();
    const reply = await csms.call('BLR-011', 'Reset', { type: 'Hard' });
    expect(reply[2]).toEqual({ status: 'Accepted' });
    await csms.untilHeard('BootNotification', 2);
    expect(csms.handshakes).toHaveLength(2);
  });

  it('keeps trying while nobody listens', async () => {
    const first = await platform();
    const { port, url } = first;
    await first.close();
    const refusals: string[] = [];
    const one = simulator({
      url,
      charger: sandboxCharger('BLR-011'),
      log: (message) => refusals.push(message),
    });
    await one.until(() => refusals.length >= 2);
    await platform(port);
    await one.whenOnline();
  });

  it('writes its identity in percent-encoding and its password as bytes', async () => {
    const csms = await platform();
    const charger = { ...sandboxCharger('BLR-011'), identity: 'RDAM 123/4' };
    const password = Uint8Array.of(0xff, 0x3a, 0x00, 0x41);
    const one = simulator({ url: `${csms.url}/`, charger, password });
    await one.whenOnline();
    const pair = Buffer.concat([Buffer.from('RDAM 123/4:'), password]).toString('base64');
    expect(csms.handshakes).toEqual([
      { path: '/ocpp/demo/RDAM%20123%2F4', authorization: `Basic ${pair}` },
    ]);
  });

  it('goes on with its transaction after the process died, from what it saved before it spoke', async () => {
    const csms = await platform();
    const charger = sandboxCharger('BLR-014');
    let saved = '';
    const first = simulator({
      url: csms.url,
      charger,
      save: (snapshot) => {
        saved = JSON.stringify(snapshot);
      },
    });
    await first.whenOnline();
    first.plugIn();
    first.tap('CARD');
    await csms.untilHeard('StartTransaction');
    await first.until((state) => state.transactionIds['1'] === 41);
    const atDeath = saved;
    await first.close();
    const second = simulator({ url: csms.url, charger, restore: JSON.parse(atDeath) });
    await second.whenOnline();
    const reply = await csms.call('BLR-014', 'RemoteStopTransaction', { transactionId: 41 });
    expect(reply[2]).toEqual({ status: 'Accepted' });
    await csms.untilHeard('StopTransaction');
    expect(csms.heard.filter(({ action }) => action === 'StartTransaction')).toHaveLength(1);
  });

  it('breaks the promises that can no longer be kept when it is closed', async () => {
    const one = simulator({ url: 'ws://127.0.0.1:9', charger: sandboxCharger('BLR-011') });
    const online = one.whenOnline();
    await Promise.all([expect(online).rejects.toThrow('BLR-011 was closed'), one.close()]);
  });
});
