import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  command batch       t#CBA#id             BATCH              -                        -                          by id; how far it has come
 *  chargers of it      t#CBA#id             CHARGERS           -                        -                          whose turn it is
 *  tally               t#CBA#id             TALLY              -                        -                          how its commands ended
 */
export const commandBatchesKeys = {
  commandBatch: (t: string, id: string) => row(`${t}#CBA#${id}`, 'BATCH'),
  commandBatchChargers: (t: string, id: string) => row(`${t}#CBA#${id}`, 'CHARGERS'),
  commandBatchTally: (t: string, id: string) => row(`${t}#CBA#${id}`, 'TALLY'),
} as const;
