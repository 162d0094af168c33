import { setTimeout as sleep } from 'node:timers/promises';
import { type Fleet, withFleet } from '#bench/load/fleet.ts';
import { type LocalHost, withLocalHost } from '#bench/load/local-host.ts';
import type { Cell, Findings, Part, Say } from '#bench/part.ts';

const STEPS = [1000, 5000];
/** So many of them make one call after the other; the rest are connected and silent. */
const BUSY = 64;
const SECONDS = 10;
const SETTLED_AFTER_MS = 3000;

/** How many messages a second the local host answers, and what a connection takes of its memory. */
export const ocpp: Part = { title: 'OCPP messages per second through the local host', run };

interface Step {
  readonly connection: readonly Cell[];
  readonly rates: readonly (readonly Cell[])[];
}

/** A fresh host for each number of chargers: what went before does not weigh on its memory. */
async function run(say: Say): Promise<Findings> {
  const steps: Step[] = [];
  for (const chargers of STEPS) {
    const step = (host: LocalHost) => withFleet((fleet) => measure(host, fleet, chargers));
    steps.push(await withLocalHost({}, step));
    say(`${chargers} chargers: done`);
  }
  return {
    tables: [
      {
        title: `Calls answered, ${BUSY} chargers busy at a time`,
        columns: ['connected', 'message', 'a second', 'p50 ms', 'p99 ms', 'host CPU ms each'],
        rows: steps.flatMap(({ rates }) => rates),
      },
      {
        title: 'Connections',
        columns: ['connected', 'new a second', 'host RSS MB', 'KB per connection'],
        rows: steps.map(({ connection }) => connection),
      },
    ],
    notes: [
      'A new connection is a handshake, a BootNotification of an unknown charger and a StatusNotification.',
      'KB per connection: the growth of the resident set, garbage included. The chargers run in a second process on the same cores.',
    ],
  };
}

async function measure(host: LocalHost, fleet: Fleet, chargers: number): Promise<Step> {
  await fleet.connect(host.ocpp, 0, BUSY);
  await sleep(SETTLED_AFTER_MS);
  const before = await host.usage();
  const added = chargers - BUSY;
  const { seconds } = await fleet.connect(host.ocpp, BUSY, added);
  await sleep(SETTLED_AFTER_MS);
  const { residentMb } = await host.usage();
  const perConnection = ((residentMb - before.residentMb) * 1024) / added;
  await warmUp(fleet);
  const rates: Cell[][] = [];
  for (const action of ['Heartbeat', 'MeterValues'] as const) {
    const since = await host.usage();
    const { calls, seconds: taken, p50, p99 } = await fleet.hammer(action, SECONDS, 0, BUSY);
    const { cpuSeconds } = await host.usage();
    const cpuMs = ((cpuSeconds - since.cpuSeconds) * 1000) / calls;
    rates.push([chargers, action, calls / taken, p50, p99, cpuMs]);
  }
  return { connection: [chargers, added / seconds, residentMb, perConnection], rates };
}

/** The busy ones are in a charge, and all code has run before anything is timed. */
async function warmUp(fleet: Fleet): Promise<void> {
  await fleet.begin(0, BUSY);
  await fleet.hammer('Heartbeat', 2, 0, BUSY);
  await fleet.hammer('MeterValues', 3, 0, BUSY);
  await sleep(SETTLED_AFTER_MS);
}
