import { ask } from '#test/support/faults/doors.ts';
import type { Journey } from '#test/support/faults/journey.ts';
import type { FaultWorld } from '#test/support/faults/world.ts';
import { endpoints } from '#test/support/isolation/place.ts';
import { requestAt } from '#test/support/isolation/requests.ts';

/** Each operation that changes something, asked once from the world that is there. */
export const requestJourneys = ({ home }: FaultWorld): Journey[] =>
  [...endpoints.values()]
    .filter(({ route }) => !route.startsWith('GET '))
    .map((endpoint) => ({
      name: endpoint.id,
      steps: [
        {
          name: endpoint.id,
          play: async (machine) => {
            await ask(machine, endpoint.id, requestAt(home, endpoint));
          },
        },
      ],
    }));
