import type { Journey } from '#test/support/faults/journey.ts';
import {
  jobJourneys,
  socketJourney,
  taskJourneys,
  timeJourney,
} from '#test/support/faults/journeys/background.ts';
import { charge16, charge201, remoteCharge } from '#test/support/faults/journeys/charges.ts';
import { messageJourneys } from '#test/support/faults/journeys/messages.ts';
import { requestJourneys } from '#test/support/faults/journeys/requests.ts';
import type { FaultWorld } from '#test/support/faults/world.ts';

/** By the test that sweeps them. */
export const journeysOf = (world: FaultWorld) =>
  ({
    requests: requestJourneys(world),
    charges: [charge16(world), charge201(world), remoteCharge(world)],
    messages: messageJourneys(world),
    background: [...jobJourneys(), ...taskJourneys(world), timeJourney(), socketJourney(world)],
  }) satisfies Record<string, Journey[]>;
