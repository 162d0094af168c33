import { expect, test } from 'vitest';
import { readRegistry } from '#lib/read-registry.ts';
import { ocpp16 } from '#shared/ocpp/v16/index.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';
import { kindsOf } from '#test/support/faults/journey.ts';
import { journeysOf } from '#test/support/faults/journeys/all.ts';
import { notSwept } from '#test/support/faults/not-swept.ts';
import { faultWorld } from '#test/support/faults/world.ts';

/** Everything that may write, named as the sweep names what runs. */
async function writers(): Promise<string[]> {
  const { endpoints, subscribers, workers, jobs } = await readRegistry();
  return [
    ...endpoints.filter(({ route }) => !route.startsWith('GET ')).map(({ id }) => `request ${id}`),
    ...[ocpp16, ocpp201].flatMap(({ version, inbound }) =>
      inbound.map(({ action }) => `message ${version} ${action}`),
    ),
    ...subscribers.map(({ id }) => `subscriber ${id}`),
    ...workers.map(({ id }) => `task ${id}`),
    ...jobs.map(({ id }) => `job ${id}`),
    ...['reader relay-events', 'reader push-live', 'ocpp connect', 'ocpp disconnect'],
  ];
}

test('whatever writes runs in a journey that is swept, or stands among those that are not', async () => {
  const world = await faultWorld();
  const seen = new Set<string>();
  for (const journey of Object.values(journeysOf(world)).flat())
    for (const kind of await kindsOf(world, journey)) seen.add(kind);
  const missing = (await writers()).filter((kind) => !seen.has(kind));
  expect(missing.sort()).toEqual(Object.keys(notSwept).sort());
}, 60_000);
