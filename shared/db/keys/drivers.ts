import { row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  driver              t#DRV#id             DRIVER             t#DRIVERS / id           t#DRVTEL#hash / id         by id; all; by phone
 *  driver's email      t#DRVMAIL#hash       EMAIL              -                        -                          by email, which is unique
 *  sign-in challenge   t#DRVCODE#id         CODE               -                        -                          a code that is awaited, ten minutes
 *  sign-in tally       t#DRVTALLY#whose     window             -                        -                          codes asked for in a time
 *
 * What is a driver's is listed under `t#DRV#id#SES`, `#CDR`, `#RES` and `#TOKENS`, on the pages of those.
 */
export const driversKeys = {
  driver: (t: string, id: string) => row(`${t}#DRV#${id}`, 'DRIVER'),
  drivers: (t: string, id = '') => ({ gsi1pk: `${t}#DRIVERS`, gsi1sk: id }),
  driversByPhone: (t: string, hash: string, id = '') => ({
    gsi2pk: `${t}#DRVTEL#${hash}`,
    gsi2sk: id,
  }),
  driverByEmail: (t: string, hash: string) => row(`${t}#DRVMAIL#${hash}`, 'EMAIL'),
  signInChallenge: (t: string, id: string) => row(`${t}#DRVCODE#${id}`, 'CODE'),
  signInTally: (t: string, whose: string, window: string) => row(`${t}#DRVTALLY#${whose}`, window),
} as const;
