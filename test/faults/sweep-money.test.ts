import { describe, test } from 'vitest';
import { sweepJourney } from '#test/support/faults/journey.ts';
import { journeysOf } from '#test/support/faults/journeys/all.ts';
import { faultWorld } from '#test/support/faults/world.ts';

const world = await faultWorld();

describe('costs the same whatever call fails, when the charger says it again', () => {
  test.each(journeysOf(world).charges)('$name', { timeout: 60_000 }, (journey) =>
    sweepJourney(world, journey),
  );
});
