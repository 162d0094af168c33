import { readRegistry } from '#lib/read-registry.ts';
import { connected, disconnected } from '#shared/chargers/connectivity.ts';
import type { Journey } from '#test/support/faults/journey.ts';
import type { Machine } from '#test/support/faults/machine.ts';
import type { FaultWorld } from '#test/support/faults/world.ts';

const HOUR = 3_600_000;
const { jobs } = await readRegistry();

/** Jobs by their schedule; one that failed runs again by the next. */
export const jobJourneys = (): Journey[] =>
  jobs.map(({ id }) => ({
    name: `job ${id}`,
    steps: [{ name: id, play: (machine) => machine.job(id) }],
  }));

/** Time passes, and what was put off falls due. */
export const timeJourney = (): Journey => ({
  name: 'time passes',
  steps: [4, 24].map((hours) => ({
    name: `${hours} hours`,
    play: async (machine) => machine.tick(hours * HOUR),
  })),
});

/** Tasks of which the other journeys have none, as their queues would give them. */
export function taskJourneys({ home: { ids, spare, ctx } }: FaultWorld): Journey[] {
  const charger_id = ids.charger;
  const since = ctx.now().toISOString();
  const given: Readonly<Record<string, object>> = {
    'close-credential-sockets': { credential_id: 'key_test' },
    'close-session-sockets': { session_id: spare.ended },
    'enforce-time-limit': { session_id: ids.session },
    'finish-profile-move': { command_id: ids.command },
    'fulfil-reservation': { reservation_id: ids.reservation, session_id: ids.session },
    'reanchor-profile': { charger_id, number: 1, profile_id: ids.profile },
    'refresh-local-lists': {},
    'repair-gaps': { session_id: spare.session201, round: 1 },
    'show-running-cost': { session_id: spare.session201 },
    'confirm-offline': { charger_id: spare.idle, since },
    'complete-replay': { connection_id: 'live-1', after: ids.event, before: ids.event, sent: [] },
  };
  return Object.entries(given).map(([task, payload]) => ({
    name: `task ${task}`,
    steps: [{ name: task, play: async (machine) => machine.give(task, payload) }],
  }));
}

/** A charger's socket ends, and a day later it has another. */
export const socketJourney = ({ home }: FaultWorld): Journey => ({
  name: 'a charger goes and comes back',
  steps: [
    {
      name: 'goes',
      async play(machine) {
        const { connectionId } = machine.senderOf(home.ids.charger);
        machine.unplug(connectionId);
        await machine.run('ocpp disconnect', (within) =>
          disconnected(within({}), home.ids.charger, connectionId),
        );
        await machine.drain();
        // Its end may not have been told: then the limit of a connection tells it.
        machine.tick(3 * HOUR);
      },
    },
    { name: 'comes back', play: (machine) => comeBack(machine, home.ids.charger) },
  ],
});

/** It knocks until it is let in, each time by another socket. */
async function comeBack(machine: Machine, chargerId: string): Promise<void> {
  for (let knock = 1; ; knock++) {
    const connectionId = `socket-again-${knock}`;
    const opened = { chargerId, connectionId, version: '1.6', remoteIp: null } as const;
    const { ok } = await machine.run('ocpp connect', async (within) => {
      await connected(within({}), opened);
      return true;
    });
    await machine.drain();
    if (ok) {
      const identity = { chargerId, identity: chargerId, registered: true };
      return machine.plug({ ...identity, connectionId, version: 'ocpp1.6' });
    }
    machine.outside.ocpp.gone.add(connectionId);
  }
}
