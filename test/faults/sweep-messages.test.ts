import { describe, test } from 'vitest';
import { sweepJourney } from '#test/support/faults/journey.ts';
import { messageJourneys } from '#test/support/faults/journeys/messages.ts';
import { faultWorld } from '#test/support/faults/world.ts';

const world = await faultWorld();

describe('leaves the same whatever call fails, when the charger says it again', () => {
  test.each(messageJourneys(world))('$name', { timeout: 60_000 }, (journey) =>
    sweepJourney(world, journey),
  );
});
