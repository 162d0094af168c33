import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type Fleet, withFleet } from '#bench/load/fleet.ts';
import { type LocalHost, withLocalHost } from '#bench/load/local-host.ts';
import { RestClient } from '#bench/load/rest-client.ts';
import type { Findings, Part, Say } from '#bench/part.ts';

/** Half of them speak 1.6, half 2.0.1. */
const CONNECTED = 5000;
/** So many of each version charge when the line is cut. */
const CHARGING = 250;
const WITHIN_S = 60;
const BILLED_WITHIN_S = 60;

/** All chargers lose their connection at once and are back within a minute: is anything lost? */
export const reconnectStorm: Part = { title: 'A storm of reconnections', run };

const versions = [
  { version: '1.6', from: 0 },
  { version: '2.0.1', from: CONNECTED / 2 },
] as const;

async function run(say: Say): Promise<Findings> {
  return withLocalHost({}, (host) =>
    withFleet(async (fleet) => {
      for (const { version, from } of versions) {
        await fleet.connect(host.ocpp, from, CONNECTED / 2, version);
        await fleet.begin(from, CHARGING);
        say(`${CONNECTED / 2} chargers of OCPP ${version} connected, ${CHARGING} charging`);
      }
      return measure(host, fleet, say);
    }),
  );
}

async function measure(host: LocalHost, fleet: Fleet, say: Say): Promise<Findings> {
  const { seconds, handshakes, retried, deliveredWh } = await fleet.storm(WITHIN_S, 0, CONNECTED);
  say(`all back after ${seconds.toFixed(1)} s`);
  const billed = await billedBy(host, 2 * CHARGING);
  const lostWh = deliveredWh - billed.wh;
  return {
    tables: [
      {
        title: `${CONNECTED} connections cut at once, ${2 * CHARGING} of them charging`,
        columns: ['all back after s', 'handshake p50 ms', 'p99 ms', 'tried again', 'bills', 'kWh'],
        rows: [[seconds, handshakes.p50, handshakes.p99, retried, billed.count, billed.wh / 1000]],
      },
    ],
    notes: [
      'Those that charged told three readings they had taken meanwhile, and the end, after they were back.',
    ],
    targets: [
      {
        what: `${CONNECTED} chargers are back within ${WITHIN_S} s of losing their connections`,
        measured: `${seconds.toFixed(1)} s`,
        met: seconds <= WITHIN_S,
      },
      {
        what: 'nothing is lost by it: one bill for each charge, with all its energy',
        measured: `${billed.count} bills, ${lostWh} Wh lost`,
        met: billed.count === 2 * CHARGING && lostWh === 0,
      },
    ],
  };
}

const Cdrs = z.object({
  cdrs: z.array(z.object({ energy_kwh: z.number() })),
  next_cursor: z.string().nullable(),
});

/** The bills, once there are as many as expected, or no more come. */
async function billedBy(host: LocalHost, expected: number): Promise<{ count: number; wh: number }> {
  const client = new RestClient(host.api, 2);
  try {
    for (let waited = 0; ; waited++) {
      const kwh = await allBills(client, host.api_key);
      if (kwh.length >= expected || waited === BILLED_WITHIN_S)
        return { count: kwh.length, wh: kwh.reduce((sum, n) => sum + Math.round(n * 1000), 0) };
      await sleep(1000);
    }
  } finally {
    client.close();
  }
}

async function allBills(client: RestClient, key: string): Promise<number[]> {
  const found: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const { body } = await client.call('GET', `/v1/cdrs?limit=200${more}`, key);
    const { cdrs, next_cursor } = Cdrs.parse(JSON.parse(body));
    found.push(...cdrs.map(({ energy_kwh }) => energy_kwh));
    cursor = next_cursor;
  }
  return found;
}
