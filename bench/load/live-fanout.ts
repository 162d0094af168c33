import { atOnce } from '#bench/load/at-once.ts';
import { Listener } from '#bench/load/audience.ts';
import { type Fleet, identityOf, withFleet } from '#bench/load/fleet.ts';
import { type LocalHost, withLocalHost } from '#bench/load/local-host.ts';
import { RestClient } from '#bench/load/rest-client.ts';
import { waitUntil } from '#bench/load/wait-until.ts';
import type { Findings, Part, Say } from '#bench/part.ts';
import { percentile, sum } from '#bench/statistics.ts';

const CHARGERS = 500;
const LISTENERS = 2000;
/** A credential has 20 live connections at most. */
const KEYS = LISTENERS / 20 + 1;
const DASHBOARDS = 5;
/** Of one event each that these listeners want: `session.meter_values` and `session.updated`. */
const METER_VALUES_A_SECOND = 250;
const EVENTS_EACH = 2;
const SECONDS = 30;
/** More events at once than a connection is sent in a second. */
const BURST = 280;
const TOPICS = ['sessions', 'meter_values'];

/** Many live clients, each on a charger of its own choice, while events come at a steady rate. */
export const liveFanout: Part = {
  title: `Live stream: ${LISTENERS} subscribers, ${METER_VALUES_A_SECOND * EVENTS_EACH} events a second`,
  run: (say) =>
    withLocalHost({ keys: KEYS }, (host) => withFleet((fleet) => measure(host, fleet, say))),
};

async function measure(host: LocalHost, fleet: Fleet, say: Say): Promise<Findings> {
  await fleet.connect(host.ocpp, 0, CHARGERS);
  await fleet.begin(0, CHARGERS);
  say(`${CHARGERS} chargers charge`);
  const listeners = await listen(host, LISTENERS, 0, (n) => ({
    charger_id: [identityOf(n % CHARGERS)],
  }));
  say(`${LISTENERS} clients listen, ${LISTENERS / CHARGERS} to each charger`);
  const steady = await underLoad(host, fleet, listeners);
  say('steady load is over');
  const burst = await inABurst(host, fleet);
  for (const listener of listeners) listener.close();
  return { tables: [steady, burst.table], targets: [noLoss(steady.lost), ...burst.targets] };
}

async function listen(
  { api, keys }: LocalHost,
  count: number,
  firstKey: number,
  filterOf: (n: number) => object,
  topics = TOPICS,
): Promise<Listener[]> {
  const client = new RestClient(api, 8);
  const listeners: Listener[] = [];
  const numbers = Array.from({ length: count }, (_, n) => n);
  await atOnce(numbers, 8, async (n) => {
    const key = keys[firstKey + Math.floor(n / 20)] ?? '';
    listeners[n] = await Listener.open(client, key, { topics, filter: filterOf(n) });
  });
  client.close();
  return listeners;
}

async function underLoad(host: LocalHost, fleet: Fleet, listeners: readonly Listener[]) {
  const before = await host.usage();
  const { calls, seconds, p99 } = await fleet.pace(
    'MeterValues',
    METER_VALUES_A_SECOND,
    SECONDS,
    0,
    CHARGERS,
  );
  const expected = (calls / CHARGERS) * EVENTS_EACH;
  const isComplete = () => listeners.every(({ seen }) => seen.size >= expected);
  await waitUntil(isComplete, 30_000);
  const { cpuSeconds } = await host.usage();
  const latencies = listeners.flatMap((listener) => listener.latencies);
  const frames = sum(listeners.map((listener) => listener.frames));
  const lost = sum(listeners.map(({ seen }) => Math.max(0, expected - seen.size)));
  const repeats = sum(listeners.map((listener) => listener.repeats));
  return {
    lost,
    title: `${(calls * EVENTS_EACH) / seconds} events a second for ${seconds} s; the charger's p99 meanwhile ${p99} ms`,
    columns: [
      ...['frames', 'frames a second', 'p50 ms', 'p99 ms', 'longest ms', 'lost', 'twice'],
      'host CPU ms a frame',
    ],
    rows: [
      [
        frames,
        frames / seconds,
        percentile(latencies, 0.5),
        percentile(latencies, 0.99),
        percentile(latencies, 1),
        lost,
        repeats,
        ((cpuSeconds - before.cpuSeconds) * 1000) / frames,
      ],
    ],
  };
}

/** Clients that want everything, when more happens at once than one connection is sent in a second. */
async function inABurst(host: LocalHost, fleet: Fleet) {
  const dashboards = await listen(host, DASHBOARDS, LISTENERS / 20, () => ({}), ['connectors']);
  await fleet.statusEach(0, BURST);
  await waitUntil(() => dashboards.every(({ gaps }) => gaps > 0), 10_000);
  const beforeResume = percentile(
    dashboards.map(({ seen }) => seen.size),
    0.5,
  );
  for (const dashboard of dashboards) dashboard.resume();
  const isComplete = () => dashboards.every(({ seen }) => seen.size >= BURST);
  await waitUntil(isComplete, 20_000);
  const lost = sum(dashboards.map(({ seen }) => BURST - seen.size));
  const gaps = sum(dashboards.map((dashboard) => dashboard.gaps));
  for (const dashboard of dashboards) dashboard.close();
  return {
    table: {
      title: `${DASHBOARDS} clients that want every connector's status, ${BURST} changes at once`,
      columns: ['told of a gap', 'events before it asked again', 'after', 'lost'],
      rows: [[gaps, beforeResume, BURST - lost / DASHBOARDS, lost]],
    },
    targets: [
      {
        what: 'whoever cannot be sent all is told of a gap, and has all by resuming from it',
        measured: `${gaps} gaps, ${lost} events lost`,
        met: gaps >= DASHBOARDS && lost === 0,
      },
    ],
  };
}

const noLoss = (lost: number) => ({
  what: 'no frame is lost',
  measured: `${lost} lost`,
  met: lost === 0,
});
