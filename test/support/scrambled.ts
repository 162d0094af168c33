import * as fc from 'fast-check';

/** One arrival of a message: which, and how many minutes after it should have come. */
export interface Arrival {
  readonly n: number;
  readonly minute: number;
}

/**
 * How the messages of a charge may arrive: each once at least, some two or three times, each late by up
 * to `latest` minutes, and so in any order. `minutes` says when each is due.
 */
export const scrambled = (
  minutes: readonly number[],
  latest: number,
): fc.Arbitrary<readonly Arrival[]> =>
  fc
    .tuple(
      ...minutes.map((due, n) =>
        fc
          .array(fc.oneof(fc.constant(0), fc.nat(latest)), { minLength: 1, maxLength: 3 })
          .map((delays) => delays.map((late) => ({ n, minute: due + late }))),
      ),
    )
    .chain((arrivals) =>
      fc.shuffledSubarray(arrivals.flat(), { minLength: arrivals.flat().length }),
    )
    .map((arrivals) => arrivals.toSorted((a, b) => a.minute - b.minute));
