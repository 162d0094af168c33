import { setTimeout as sleep } from 'node:timers/promises';
import { type Fleet, withFleet } from '#bench/load/fleet.ts';
import { withLocalHost } from '#bench/load/local-host.ts';
import type { Cell, Findings, Part, Say } from '#bench/part.ts';

/** Half of them speak 1.6, half 2.0.1. */
const CONNECTED = 5000;
const BUSY = 32;
const SECONDS = 15;
const SETTLED_AFTER_MS = 3000;

const versions = [
  { version: '1.6', from: 0 },
  { version: '2.0.1', from: CONNECTED / 2 },
] as const;

const names: Readonly<Record<string, readonly [string, string]>> = {
  status: ['StatusNotification', 'StatusNotification'],
  authorize: ['Authorize', 'Authorize'],
  start: ['StartTransaction', 'TransactionEvent (Started)'],
  meter: ['MeterValues', 'TransactionEvent (Updated)'],
  heartbeat: ['Heartbeat', 'Heartbeat'],
  stop: ['StopTransaction', 'TransactionEvent (Ended)'],
};

const run = async (say: Say): Promise<Findings> => ({
  tables: [
    {
      title: `Whole charges, ${BUSY} chargers of a version busy at a time, ${CONNECTED} connected`,
      columns: ['version', 'message', 'calls a second', 'p50 ms', 'p99 ms'],
      rows: await withLocalHost({}, (host) =>
        withFleet(async (fleet) => {
          for (const { version, from } of versions) {
            await fleet.connect(host.ocpp, from, CONNECTED / 2, version);
            say(`${CONNECTED / 2} chargers of OCPP ${version} connected`);
          }
          return measure(fleet);
        }),
      ),
    },
  ],
  notes: [
    'Each of the busy makes one call after the other: status, authorize, start, five readings, heartbeat, stop, status.',
  ],
});

/** How fast each message of a charge is answered, in both versions, with 5,000 chargers connected. */
export const ocppActions: Part = { title: 'The messages of a charge, by action', run };

async function measure(fleet: Fleet): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for (const { version, from } of versions) {
    await fleet.charge(3, from, BUSY);
    await sleep(SETTLED_AFTER_MS);
    const { seconds, actions } = await fleet.charge(SECONDS, from, BUSY);
    for (const { action, calls, p50, p99 } of actions) {
      const name = names[action]?.[version === '1.6' ? 0 : 1] ?? action;
      rows.push([version, name, calls / seconds, p50, p99]);
    }
    await sleep(SETTLED_AFTER_MS);
  }
  return rows;
}
