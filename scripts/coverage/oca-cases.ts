/**
 * The test cases for a CSMS in the public test document of OCPP 2.0.1 (part 6, June 2023: Core and
 * Advanced Security), by their block.
 */
const NUMBERS = {
  A: '01 02 03 04 06 07 08 09 10 11 14 19',
  B: '01 02 06 07 09 10 12 13 20 21 22 25 26 27 30 31 42 44',
  C: '02 06 07 08 20 37 38 39 47 48 49',
  E: '01 02 03 04 07 08 09 10 11 12 14 15 16 17 19 20 21 22 26 29 30 31 33 34 38 39 53',
  F: '01 02 03 04 06 11 12 13 14 15 18 20 23 24 27',
  G: '03 04 05 06 07 08 11 14 17 20',
  J: '01 02 03 04 07 08 09 10 11',
  L: '01 02 03 04 05 06 07 08 09 10 11 13',
  M: '01 02 05 13 18 19 20 21',
  N: '25 27 28 29 30 31 32 34 35 36 62',
  P: '02 03',
} as const;

export const oca201Cases: readonly string[] = Object.entries(NUMBERS).flatMap(([block, numbers]) =>
  numbers.split(' ').map((number) => `TC_${block}_${number}_CSMS`),
);
