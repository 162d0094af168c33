import { atOnce } from '#bench/load/at-once.ts';
import { type Fleet, identityOf, withFleet } from '#bench/load/fleet.ts';
import { type LocalHost, withLocalHost } from '#bench/load/local-host.ts';
import { RestClient } from '#bench/load/rest-client.ts';
import { waitUntil } from '#bench/load/wait-until.ts';
import { type Inbox, withInboxes } from '#bench/load/webhook-inboxes.ts';
import type { Findings, Part, Say } from '#bench/part.ts';
import { percentile, sum } from '#bench/statistics.ts';

const ENDPOINTS = 100;
const EVENTS = 10_000;
const A_SECOND = 200;
const EACH = EVENTS / ENDPOINTS;
/** The healthy may wait this much longer at p99 beside the sick than among themselves. */
const HELD_UP_MS = 250;

interface World {
  readonly host: LocalHost;
  readonly fleet: Fleet;
  readonly say: Say;
}

/** Webhooks: 10,000 events to 100 endpoints, first all healthy, then ten dead and ten slow among them. */
export const webhooks: Part = {
  title: `Webhooks: ${EVENTS.toLocaleString('en')} events to ${ENDPOINTS} endpoints`,
  run: async (say) => {
    const run = (dead: number, slow: number) =>
      withLocalHost({}, (host) => withFleet((fleet) => deliver({ host, fleet, say }, dead, slow)));
    const alone = await run(0, 0);
    const beside = await run(10, 10);
    const rows = [alone, beside].map(({ row }) => row);
    return findings(rows, beside.p99 - alone.p99, alone.lost + beside.lost);
  },
};

async function deliver({ host, fleet, say }: World, dead: number, slow: number) {
  return withInboxes(async (inboxes) => {
    await fleet.connect(host.ocpp, 0, ENDPOINTS);
    const names = Array.from({ length: ENDPOINTS }, (_, n) =>
      n < dead ? `dead-${n}` : n < dead + slow ? `slow-${n}` : `healthy-${n}`,
    );
    await subscribe(host, names, (name) =>
      name.startsWith('dead') ? inboxes.deadUrl : inboxes.urlOf(name),
    );
    say(`${ENDPOINTS} endpoints, each for a charger of its own; ${dead} dead, ${slow} slow`);
    const { seconds } = await fleet.pace(
      'StatusNotification',
      A_SECOND,
      EVENTS / A_SECOND,
      0,
      ENDPOINTS,
    );
    const all = (kind: string): Inbox[] =>
      names.filter((name) => name.startsWith(kind)).map((name) => inboxes.at(name));
    const reachable = [...all('healthy'), ...all('slow')];
    const isComplete = () => reachable.every(({ arrivals }) => arrivals.size >= EACH);
    await waitUntil(isComplete, 120_000);
    const lost = sum(reachable.map(({ arrivals }) => Math.max(0, EACH - arrivals.size)));
    const twice = sum(
      reachable.flatMap(({ arrivals }) => [...arrivals.values()].map((times) => times - 1)),
    );
    const delays = all('healthy').flatMap((inbox) => inbox.delays);
    const slowDelays = all('slow').flatMap((inbox) => inbox.delays);
    const p99 = percentile(delays, 0.99);
    return {
      p99,
      lost,
      row: [
        dead || slow ? `${dead} dead, ${slow} slow` : 'all healthy',
        EVENTS / seconds,
        percentile(delays, 0.5),
        p99,
        percentile(delays, 1),
        ...[slow ? percentile(slowDelays, 0.99) / 1000 : '-', lost, twice],
      ],
    };
  });
}

async function subscribe(
  { api, api_key: key }: LocalHost,
  names: readonly string[],
  urlOf: (name: string) => string,
): Promise<void> {
  const client = new RestClient(api, 4);
  await atOnce([...names.entries()], 4, async ([n, name]) => {
    const reply = await client.call('POST', '/v1/webhook-endpoints', key, {
      url: urlOf(name),
      event_types: ['connector.status_changed'],
      filter: { charger_id: [identityOf(n)] },
    });
    if (reply.status !== 201) throw new Error(`${reply.status} ${reply.body}`);
  });
  client.close();
}

const findings = (
  rows: Findings['tables'][number]['rows'],
  heldUpMs: number,
  lost: number,
): Findings => ({
  tables: [
    {
      title: 'From the event until it is at a healthy endpoint; a slow one answers after 9 s',
      columns: [
        ...['endpoints', 'events a second', 'p50 ms', 'p99 ms', 'longest ms'],
        ...['slow p99 s', 'lost', 'sent twice'],
      ],
      rows,
    },
  ],
  notes: ['Each event goes to one endpoint, and is matched against all of them.'],
  targets: [
    {
      what: `dead and slow endpoints hold the healthy up by less than ${HELD_UP_MS} ms (p99)`,
      measured: `${Math.round(heldUpMs)} ms`,
      met: heldUpMs < HELD_UP_MS,
    },
    { what: 'nothing is lost', measured: `${lost} lost`, met: lost === 0 },
  ],
});
