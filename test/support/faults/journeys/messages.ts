import { ocpp16 } from '#shared/ocpp/v16/index.ts';
import { ocpp201 } from '#shared/ocpp/v201/index.ts';
import { say } from '#test/support/faults/doors.ts';
import type { Journey } from '#test/support/faults/journey.ts';
import type { FaultWorld } from '#test/support/faults/world.ts';

/** Each message that a charger may send, as its example has it. */
export const messageJourneys = ({ home }: FaultWorld): Journey[] =>
  [
    { charger: home.ids.charger, ...ocpp16 },
    { charger: home.spare.charger201, ...ocpp201 },
  ].flatMap(({ charger, version, inbound }) =>
    inbound.map(({ action, example }) => ({
      name: `${version} ${action}`,
      steps: [
        {
          name: action,
          play: async (machine) => {
            await say(machine, machine.senderOf(charger), action, example);
          },
        },
      ],
    })),
  );
