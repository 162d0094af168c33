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
export const ocpp: Part = {
  title: 'OCPP messages per second through the local host',
  run: (say) => withLocalHost({}, (host) => withFleet((fleet) => measure(host, fleet, say))),
};

async function measure(host: LocalHost, fleet: Fleet, say: Say): Promise<Findings> {
  const rates: Cell[][] = [];
  const memory: Cell[][] = [];
  await warmUp(host, fleet);
  let connected = BUSY;
  const before = await host.usage();
  for (const chargers of STEPS) {
    const { seconds } = await fleet.connect(host.ocpp, connected, chargers - connected);
    const added = chargers - connected;
    connected = chargers;
    await sleep(SETTLED_AFTER_MS);
    const { residentMb } = await host.usage();
    say(`${chargers} connected in ${seconds.toFixed(1)} s`);
    const perConnection = ((residentMb - before.residentMb) * 1024) / (chargers - BUSY);
    memory.push([chargers, added / seconds, residentMb, perConnection]);
    for (const action of ['Heartbeat', 'MeterValues'] as const) {
      const since = await host.usage();
      const done = await fleet.hammer(action, SECONDS, 0, BUSY);
      const { cpuSeconds } = await host.usage();
      const cpuMs = ((cpuSeconds - since.cpuSeconds) * 1000) / done.calls;
      rates.push([chargers, action, done.calls / done.seconds, done.p50, done.p99, cpuMs]);
    }
  }
  return {
    tables: [
      {
        title: `Calls answered, ${BUSY} chargers busy at a time`,
        columns: ['connected', 'message', 'a second', 'p50 ms', 'p99 ms', 'host CPU ms each'],
        rows: rates,
      },
      {
        title: 'Connections',
        columns: ['connected', 'new a second', 'host RSS MB', 'KB per connection'],
        rows: memory,
      },
    ],
    notes: [
      'A new connection is a handshake, a BootNotification of an unknown charger and a StatusNotification.',
      'KB per connection: the growth of the resident set, garbage included. The chargers run in a second process on the same cores.',
    ],
  };
}

/** The busy ones are in a charge, and all code has run before anything is measured. */
async function warmUp(host: LocalHost, fleet: Fleet): Promise<void> {
  await fleet.connect(host.ocpp, 0, BUSY);
  await fleet.begin(0, BUSY);
  await fleet.hammer('Heartbeat', 2, 0, BUSY);
  await fleet.hammer('MeterValues', 3, 0, BUSY);
  await sleep(SETTLED_AFTER_MS);
}
