import { clock } from '#bench/load/clock.ts';
import { type Fleet, identityOf, withFleet } from '#bench/load/fleet.ts';
import { type LocalHost, withLocalHost } from '#bench/load/local-host.ts';
import { RestClient } from '#bench/load/rest-client.ts';
import type { Findings, Part, Say } from '#bench/part.ts';
import { percentile } from '#bench/statistics.ts';

const CHARGERS = 50;
const WARM_UP = 20;
const STARTS = 400;
const RECEIVED_WITHIN_MS = 10_000;

/** From the request that starts a session to the charger's end of its socket. */
export const startLatency: Part = {
  title: 'Start of a session: POST /v1/sessions until the charger has RemoteStartTransaction',
  run: (say) => withLocalHost({}, (host) => withFleet((fleet) => measure(host, fleet, say))),
};

async function measure(host: LocalHost, fleet: Fleet, say: Say): Promise<Findings> {
  await fleet.connect(host.ocpp, 0, CHARGERS);
  await fleet.whenAsked(true);
  say(`${CHARGERS} chargers connected`);
  const client = new RestClient(host.api, 1);
  const received: number[] = [];
  const answered: number[] = [];
  for (let n = 0; n < WARM_UP + STARTS; n++) {
    const { receivedMs, answeredMs } = await startOne(client, host.api_key, fleet, n % CHARGERS);
    if (n < WARM_UP) continue;
    received.push(receivedMs);
    answered.push(answeredMs);
  }
  client.close();
  const row = (what: string, ms: readonly number[]) => [
    what,
    percentile(ms, 0.5),
    percentile(ms, 0.99),
    Math.max(...ms),
  ];
  return {
    tables: [
      {
        title: `${STARTS} starts one after the other, ${CHARGERS} chargers connected`,
        columns: ['from the request until', 'p50 ms', 'p99 ms', 'longest ms'],
        rows: [row('the charger has the call', received), row('the caller has 201', answered)],
      },
    ],
    notes: ['Each charger then begins and ends a charge, so that its connector is free again.'],
  };
}

async function startOne(client: RestClient, key: string, fleet: Fleet, n: number) {
  const since = clock();
  const heard = new Promise<number>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`${identityOf(n)} was not asked to start`)),
      RECEIVED_WITHIN_MS,
    );
    fleet.onAsked = ({ identity, action, at }) => {
      if (identity !== identityOf(n) || action !== 'RemoteStartTransaction') return;
      clearTimeout(late);
      resolve(at - since);
    };
  });
  const reply = await client.call('POST', '/v1/sessions', key, {
    charger_id: identityOf(n),
    connector: 1,
  });
  if (reply.status !== 201) throw new Error(`${reply.status} ${reply.body}`);
  return { receivedMs: await heard, answeredMs: reply.ms };
}
