import { describe, test } from 'vitest';
import { sweepJourney } from '#test/support/faults/journey.ts';
import { charge16, charge201, remoteCharge } from '#test/support/faults/journeys/charges.ts';
import { faultWorld } from '#test/support/faults/world.ts';

const world = await faultWorld();
const journeys = [charge16, charge201, remoteCharge].map((of) => of(world));

describe('costs the same whatever call fails, when the charger says it again', () => {
  test.each(journeys)('$name', { timeout: 60_000 }, (journey) => sweepJourney(world, journey));
});
