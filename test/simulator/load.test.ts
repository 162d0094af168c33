import { describe, expect, it, vi } from 'vitest';
import { parseLoadArguments } from '#simulator/load/arguments.ts';
import { Fleet } from '#simulator/load/fleet.ts';
import { Latencies } from '#simulator/load/latencies.ts';
import { formatResult, loadResult } from '#simulator/load/result.ts';
import { PaperPlatform } from '#test/simulator/paper-platform.ts';

const URL_GIVEN = ['--url', 'ws://127.0.0.1:9/ocpp/demo'];

describe('the arguments of a load run', () => {
  it('are read with their defaults', () => {
    const plan = parseLoadArguments([...URL_GIVEN, '--chargers', '1000', '--ramp', '250/s']);
    expect(plan).toMatchObject({
      chargers: 1000,
      rampPerSecond: 250,
      durationSeconds: null,
      heartbeatSeconds: 300,
      meterSeconds: 60,
      version: '1.6',
    });
  });

  it('may ask for help instead', () => {
    expect(parseLoadArguments(['--help', ...URL_GIVEN])).toBeNull();
  });

  it.each([
    ['no address', [], '--url is missing'],
    ['an address of the web', ['--url', 'http://x'], 'ws:// or wss://'],
    ['half a charger', [...URL_GIVEN, '--chargers', '0.5'], '--chargers must be a whole number'],
    ['a version of tomorrow', [...URL_GIVEN, '--version', '2.1'], '--version must be'],
    ['no speed', [...URL_GIVEN, '--speed', '0'], '--speed must be a number above 0'],
    ['an option nobody knows', [...URL_GIVEN, '--fast'], '--fast'],
  ])('are refused with a reason for %s', (_name, args, reason) => {
    expect(() => parseLoadArguments(args)).toThrow(reason);
  });
});

describe('latencies', () => {
  it('give percentiles by nearest rank, to two percent', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 100; ms += 1) {
      latencies.add({ action: 'Heartbeat', outcome: 'result', elapsedMs: ms });
    }
    latencies.add({ action: 'Heartbeat', outcome: 'timeout', elapsedMs: 30_000 });
    const [summary] = latencies.summaries();
    expect(summary).toMatchObject({ results: 100, timeouts: 1, errors: 0, maxMs: 100 });
    expect(Math.abs((summary?.p50Ms ?? 0) - 50)).toBeLessThan(1);
    expect(Math.abs((summary?.p99Ms ?? 0) - 99)).toBeLessThan(2);
  });
});

describe('a fleet', () => {
  it('comes online, sends drivers, and says all it has to say before it closes', async () => {
    const platform = await PaperPlatform.start();
    const args = ['--chargers', '20', '--ramp', '1000', '--version', 'mixed'];
    const plan = parseLoadArguments([
      '--url',
      platform.url,
      ...args,
      '--sessions-per-minute',
      '6000',
    ]);
    if (!plan) throw new Error('no plan');
    const latencies = new Latencies();
    const fleet = new Fleet(plan, latencies);
    fleet.start();
    await platform.untilHeard('StartTransaction', 10);
    await platform.until(() => fleet.counts().charging === 20);
    const result = loadResult(fleet, latencies, 1);
    await fleet.close();
    expect(result).toMatchObject({ chargers: 20, online: 20, driversSent: 20, failures: 0 });
    expect(formatResult(result)).toMatch(/^20 of 20 chargers online/);
    const stops = platform.heard.filter(({ action }) => action === 'StopTransaction');
    const ends = platform.heard.filter(({ payload }) => payload['eventType'] === 'Ended');
    expect([stops.length, ends.length]).toEqual([10, 10]);
    await platform.close();
  });

  it('says why it cannot connect', async () => {
    const plan = parseLoadArguments([...URL_GIVEN, '--chargers', '2']);
    if (!plan) throw new Error('no plan');
    const fleet = new Fleet(plan, new Latencies());
    fleet.start();
    await vi.waitFor(() => expect(fleet.trouble()).toMatch(/^disconnected.*ECONNREFUSED/));
    await fleet.close();
  });
});
