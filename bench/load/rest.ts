import { atOnce } from '#bench/load/at-once.ts';
import { clock } from '#bench/load/clock.ts';
import { type Fleet, identityOf, withFleet } from '#bench/load/fleet.ts';
import { type LocalHost, withLocalHost } from '#bench/load/local-host.ts';
import { RestClient } from '#bench/load/rest-client.ts';
import type { Cell, Findings, Part, Say } from '#bench/part.ts';
import { percentile } from '#bench/statistics.ts';

const CONNECTIONS = 16;
const KEYS = 100;
const CHARGERS = 500;
const WARM_UP = 500;
const FIRST_STARTS = 20;
const READS = 5000;

/** How many requests a second the local host answers. */
export const rest: Part = {
  title: 'REST requests per second through the local host',
  run: (say) =>
    withLocalHost({ keys: KEYS }, (host) => withFleet((fleet) => measure(host, fleet, say))),
};

async function measure(host: LocalHost, fleet: Fleet, say: Say): Promise<Findings> {
  const client = new RestClient(host.api, CONNECTIONS);
  await fleet.connect(host.ocpp, 0, CHARGERS);
  say(`${CHARGERS} chargers connected`);
  let asked = 0;
  const key = () => host.keys[asked++ % KEYS] ?? '';
  const list = () => client.call('GET', '/v1/chargers', key());
  const start = (n: number) =>
    client.call('POST', '/v1/sessions', key(), { charger_id: identityOf(n), connector: 1 });
  await load(host, numbers(WARM_UP), list);
  const listed = await load(host, numbers(READS), list);
  await load(host, numbers(FIRST_STARTS), start);
  const started = await load(host, numbers(CHARGERS).slice(FIRST_STARTS), start);
  client.close();
  const rows: Cell[][] = [
    [`GET /v1/chargers (50 of ${CHARGERS + 5})`, ...listed],
    ['POST /v1/sessions', ...started],
  ];
  return {
    tables: [
      {
        title: `${CONNECTIONS} kept connections, one request after the other on each`,
        columns: ['request', 'requests', 'a second', 'p50 ms', 'p99 ms', 'host CPU ms each'],
        rows,
      },
    ],
    notes: [
      `With ${KEYS} API keys, put into the data folder before the start: one alone is held to 1,000 requests a minute.`,
      'Each start is on a charger of its own, which is sent RemoteStartTransaction and says yes.',
    ],
  };
}

async function load(
  host: LocalHost,
  all: readonly number[],
  ask: (n: number) => ReturnType<RestClient['call']>,
): Promise<number[]> {
  const taken: number[] = [];
  const before = await host.usage();
  const since = clock();
  await atOnce(all, CONNECTIONS, async (n) => {
    const { status, body, ms } = await ask(n);
    if (status >= 300) throw new Error(`${status} ${body}`);
    taken.push(ms);
  });
  const seconds = (clock() - since) / 1000;
  const { cpuSeconds } = await host.usage();
  const cpuMs = ((cpuSeconds - before.cpuSeconds) * 1000) / taken.length;
  const [p50, p99] = [percentile(taken, 0.5), percentile(taken, 0.99)];
  return [taken.length, taken.length / seconds, p50, p99, cpuMs];
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
