import { digits, row } from '#shared/db/keys/key-parts.ts';

/**
 *  entity              pk                   sk                 gsi1pk / gsi1sk          gsi2pk / gsi2sk            serves
 *  local list          t#CHG#c              LOCALLIST          -                        -                          what we believe a charger's list is
 *  charger with list   t#LOCALLISTS         charger            -                        -                          all chargers that have one
 *  refresh             t#LISTREFRESH        REFRESH            -                        -                          lists are to be compared soon
 *  list edition        t#LISTED#hash        EDITION            -                        -                          one content, of any chargers
 *  page of an edition  t#LISTED#hash        PAGE#n             -                        -                          its entries in order
 *  change              t#LISTED#hash        FROM#hash          -                        -                          how to come here from another
 *  page of a change    t#LISTED#hash        FROM#hash#n        -                        -                          entries to put and to take off
 */
export const localListsKeys = {
  localList: (t: string, charger: string) => row(`${t}#CHG#${charger}`, 'LOCALLIST'),
  listedCharger: (t: string, charger: string) => row(`${t}#LOCALLISTS`, charger),
  listedChargers: (t: string) => ({ pk: `${t}#LOCALLISTS` }),
  listRefresh: (t: string) => row(`${t}#LISTREFRESH`, 'REFRESH'),
  edition: (t: string, hash: string) => row(`${t}#LISTED#${hash}`, 'EDITION'),
  editionPage: (t: string, hash: string, n: number) =>
    row(`${t}#LISTED#${hash}`, `PAGE#${digits(n, 6)}`),
  editionPages: (t: string, hash: string) => ({
    pk: `${t}#LISTED#${hash}`,
    beginsWith: 'PAGE#',
  }),
  change: (t: string, to: string, from: string) => row(`${t}#LISTED#${to}`, `FROM#${from}`),
  changePage: (t: string, to: string, from: string, n: number) =>
    row(`${t}#LISTED#${to}`, `FROM#${from}#${digits(n, 6)}`),
} as const;
